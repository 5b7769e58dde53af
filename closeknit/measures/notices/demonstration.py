"""What the demonstration shows of notices: two groups that are told by copying, a text that went out, one that waits to be copied."""

from datetime import timedelta

from closeknit.channels.models import Channel
from closeknit.channels.queue import Said, put
from closeknit.kit import clock
from closeknit.kit.sealing import blind, seal
from closeknit.measures.notices.actions import copied
from closeknit.measures.notices.kinds import Way
from closeknit.reports.windows import day_of
from closeknit.sync.demonstration import where_told
from closeknit.sync.towns import Town

BY = "clerk"
THANKS = "昨日各村（社区）敲门排查日报已全部汇总，各位辛苦了！未走访到的户请今日 17 时前补访。"
BUSINESS = "今日请做好：门口张贴登记标识，落实进入登记，从业人员佩戴口罩，冷藏食品索取凭证。"


@where_told
def groups(town: Town) -> None:
    """The thanks for yesterday's reports were copied into the leaders' group; the word to businesses still is to be."""
    leaders = _channel(town.town, "各村（社区）书记工作群", 31, ["thanks", "reminder", "bulletin", "gaps"])
    shops = _channel(town.town, "镇区商户群", 214, ["business"])
    today = day_of(town.town, clock.now())
    thanks = put([leaders], Said(town.town, "thanks", today - timedelta(days=1), THANKS, {}), by=BY)
    put([shops], Said(town.town, "business", today, BUSINESS, {}), by=BY)
    copied(thanks.deliveries.get())


def _channel(area: str, name: str, recipients: int, purposes: list[str]) -> Channel:
    made = Channel(area=area, name=name, kind=Way.COPY, purposes=purposes, recipients=recipients, at=clock.now(), by=BY)
    made.sealed, made.robot = seal({}, about=f"channel|{made.id}"), blind(str(made.id), purpose="robot")
    made.save(force_insert=True)
    return made
