"""Sending: into the queue, once a person or the clock has decided; recorded when it has gone out."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from closeknit.areas.models import Area
from closeknit.channels import queue
from closeknit.channels.models import Channel, Delivery, Message
from closeknit.channels.outcomes import words
from closeknit.channels.queue import Said, put
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.record import record
from closeknit.measures.library.kinds import About, in_force_about
from closeknit.measures.notices.kinds import Purpose, Way
from closeknit.measures.notices.texts import composed, vocabulary
from closeknit.policy.packs import policy
from closeknit.registry.reading.personal import Finding, findings
from closeknit.reports.duty import owed
from closeknit.reports.models import Sealed
from closeknit.reports.windows import window

CLOCK = "clock"
TOLD_AS = {Way.SMS: "sms", Way.WECOM: "chat", Way.DINGTALK: "chat", Way.FEISHU: "chat", Way.COPY: "chat"}
PERSONAL = Text("Held back: the text names a person ({piece}).", "已拦截：文本含个人信息（{piece}）。")


class Personal(Exception):
    """A text that may not go out, with what stands in it."""

    def __init__(self, found: list[Finding]) -> None:
        super().__init__("personal")
        self.found = found


def send(channels: Iterable[Channel], said: Said, *, by: str) -> Message:
    """Puts a notice into the queue. Raises Personal where it is about a person; the texts of SMS are looked at with their values."""
    chosen = list(channels)
    every = "\n".join([said.text, *(str(value) for value in said.values.values())])
    found = findings(every, said.area, vocabulary(said.area, said.day))
    if found:
        raise Personal(found)
    return put(chosen, said, by=by)


def note_sent(delivery: Delivery) -> None:
    """Records that a notice went out; as told to the public where the channel reaches them."""
    message, channel = delivery.message, delivery.channel
    data = {
        "channel": channel.kind, "purpose": message.purpose, "text_hash": hashlib.sha256(message.text.encode()).hexdigest()[:32],
        "message": str(message.id), "group": channel.name, "day": message.day.isoformat(), "recipients": channel.recipients,
    }  # fmt: skip
    record("notices.sent", by=message.by, area=message.area, data=data)
    if channel.residents and channel.recipients and channel.kind in TOLD_AS:
        text = {name: message.values[name] for name in ("text_id", "version") if name in message.values} or {"text_id": str(message.id)}
        told = {"channel": TOLD_AS[Way(channel.kind)], "recipients": channel.recipients, **text}
        record("outreach.messaged", by=message.by, area=message.area, data=told)


def copied(delivery: Delivery) -> bool:
    """Notes that somebody has copied a notice into its group; False where it waits for nobody's hand."""
    waits = Delivery.objects.filter(id=delivery.id, state=Delivery.State.BY_HAND)
    if not waits.update(state=Delivery.State.SENT, outcome="sent", last_at=clock.now(), attempts=1):
        return False
    note_sent(delivery)
    return True


def by_clock() -> Iterator[Text]:
    """What the clock does: notices that go out by themselves, then the queue."""
    with override(settings.LANGUAGE_CODE):
        for channel in Channel.objects.filter(closed_at=None).exclude(automatic=[]).order_by("id"):
            _remind(channel, clock.now())
            _tell_the_bulletin(channel, clock.now())
            _tell_businesses(channel, clock.now())
    for delivery in queue.drain(note_sent):
        said = words(delivery.outcome, delivery.detail)
        yield Text("Notice to {channel}: {words}", "通知 {channel}：{words}", channel=delivery.channel.name, words=said)


def _remind(channel: Channel, now: datetime) -> None:
    here = policy(channel.area)
    frame = window(channel.area, now.astimezone(here.timezone).date())
    begins = frame.end - timedelta(minutes=int(here.get("notices.remind_before_min")))
    if Purpose.REMINDER not in channel.automatic or not begins <= now < frame.end:
        return
    if any(each.confirmation is None for each in owed(channel.area, frame.start, frame.end)):
        _by_itself(channel, Purpose.REMINDER, frame.day)


def _tell_the_bulletin(channel: Channel, now: datetime) -> None:
    if Purpose.BULLETIN in channel.automatic:
        since = now - timedelta(hours=float(policy(channel.area).get("notices.bulletin_within_h")))
        for day in Sealed.objects.filter(area=channel.area, ends_at__gt=since, ends_at__lte=now).values_list("day", flat=True):
            _by_itself(channel, Purpose.BULLETIN, day)


def _tell_businesses(channel: Channel, now: datetime) -> None:
    """Once a day from the pack's hour on, as soon as an approved text holds."""
    local, hour = now.astimezone(policy(channel.area).timezone), policy(channel.area).get("notices.business_at")
    if Purpose.BUSINESS in channel.automatic and local.strftime("%H:%M") >= hour and in_force_about(channel.area, About.BUSINESS):
        _by_itself(channel, Purpose.BUSINESS, local.date())


def _by_itself(channel: Channel, purpose: Purpose, day: date) -> None:
    """Once a day and channel, whatever its text has become since."""
    once = f"auto|{channel.id}"
    if Delivery.objects.filter(channel=channel, message__purpose=purpose, message__day=day, message__by=CLOCK).exists():
        return
    area: Area = Area.objects.current().get(code=channel.area)
    draft = composed(purpose, area, day)
    said = Said(channel.area, purpose, day, draft.text, draft.values, once)
    try:
        send([channel], said, by=CLOCK)
    except Personal as personal:
        held = put([channel], Said(channel.area, purpose, day, str(PERSONAL.format(piece=personal.found[0].why)), {}, once), by=CLOCK)
        held.deliveries.update(state=Delivery.State.FAILED, outcome="personal")
