"""What the demonstration shows of notices: two groups that are told by copying, a text that went out, one that waits to be copied."""

import hashlib
from datetime import timedelta

from closeknit.channels.models import Channel, Delivery
from closeknit.channels.queue import Said, put
from closeknit.kit import clock
from closeknit.kit.sealing import blind, seal
from closeknit.ledger.record import record
from closeknit.reports.windows import day_of

BY, COPY = "clerk", "copy"
THANKS = "昨日各村（社区）敲门排查日报已全部汇总，各位辛苦了！未走访到的户请今日 17 时前补访。"
BUSINESS = "今日请做好：门口张贴登记标识，落实进入登记，从业人员佩戴口罩，冷藏食品索取凭证。"


def tell_groups(area: str) -> None:
    """The thanks for yesterday's reports were copied into the leaders' group; the word to businesses still is to be."""
    leaders = _channel(area, "各村（社区）书记工作群", 31, ["thanks", "reminder", "bulletin", "gaps"])
    shops = _channel(area, "镇区商户群", 214, ["business"])
    today = day_of(area, clock.now())
    yesterday = today - timedelta(days=1)
    thanks = put([leaders], Said(area, "thanks", yesterday, THANKS, {}), by=BY)
    put([shops], Said(area, "business", today, BUSINESS, {}), by=BY)
    Delivery.objects.filter(message=thanks).update(state=Delivery.State.SENT, outcome="sent", last_at=clock.now(), attempts=1)
    text = hashlib.sha256(THANKS.encode()).hexdigest()[:32]
    data = {"channel": COPY, "purpose": "thanks", "text_hash": text, "message": str(thanks.id), "group": leaders.name,
            "day": yesterday.isoformat(), "recipients": leaders.recipients}  # fmt: skip
    record("notices.sent", by=BY, area=area, data=data)


def _channel(area: str, name: str, recipients: int, purposes: list[str]) -> Channel:
    made = Channel(area=area, name=name, kind=COPY, purposes=purposes, recipients=recipients, at=clock.now(), by=BY)
    made.sealed, made.robot = seal({}, about=f"channel|{made.id}"), blind(str(made.id), purpose="robot")
    made.save(force_insert=True)
    return made
