"""The queue: a message is put once for a channel, drained by the clock, tried again with patience, never twice without a person."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction

from closeknit.channels.limits import LIMITS, wait_after, wait_for_room
from closeknit.channels.models import Channel, Delivery, Message
from closeknit.channels.outcomes import Outcome
from closeknit.channels.sending import send
from closeknit.kit import clock

MOST = 200  # deliveries a round of the clock
UNFINISHED = timedelta(minutes=10)
State = Delivery.State


@dataclass(frozen=True)
class Said:
    """What is to be said. once: by what it is known as the same, where that is not its text (one reminder a day)."""

    area: str
    purpose: str
    day: date
    text: str
    values: Mapping[str, Any]
    once: str = ""

    @property
    def key(self) -> str:
        """The same for the same message."""
        own = [self.once] if self.once else [self.text, dict(self.values)]
        return hashlib.sha256(msgspec.json.encode([self.area, self.purpose, self.day.isoformat(), *own], order="sorted")).hexdigest()


def put(channels: Iterable[Channel], said: Said, *, by: str) -> Message:
    """Puts a message into the queue for each channel; the same message again changes nothing."""
    fields = {
        "area": said.area, "purpose": said.purpose, "day": said.day, "text": said.text, "values": dict(said.values), "at": clock.now(),
        "by": by,
    }  # fmt: skip
    with transaction.atomic():
        message, _ = Message.objects.get_or_create(key=said.key, defaults=fields)
        for channel in channels:
            by_hand = {"state": State.BY_HAND, "outcome": "by_hand"} if channel.kind == "copy" else {}
            Delivery.objects.get_or_create(message=message, channel=channel, defaults={"next_at": clock.now(), **by_hand})
    return message


def again(delivery: Delivery) -> bool:
    """Puts what failed, or may not have arrived, back into the queue; whether it was such."""
    held = Delivery.objects.filter(id=delivery.id, state__in=(State.FAILED, State.UNCERTAIN), channel__closed_at=None)
    return bool(held.update(state=State.WAITING, attempts=0, next_at=clock.now(), outcome="", detail=""))


def drain(sent: Callable[[Delivery], None]) -> Iterator[Delivery]:
    """Makes the attempts that are due; `sent` is called in the transaction that notes an arrival. Yields each that was tried."""
    stale = Delivery.objects.filter(state=State.SENDING, last_at__lt=clock.now() - UNFINISHED)
    stale.update(state=State.UNCERTAIN, outcome="uncertain")  # the server was stopped between handing over and the answer
    due = Delivery.objects.filter(state=State.WAITING, next_at__lte=clock.now(), channel__closed_at=None)
    for delivery in due.select_related("message", "channel").order_by("next_at", "id")[:MOST]:
        if _is_claimed(delivery):
            outcome = send(delivery.channel, delivery.message, clock.now())
            with transaction.atomic():
                _settle(delivery, outcome)
                if outcome.is_sent:
                    sent(delivery)
            yield delivery


def _is_claimed(delivery: Delivery) -> bool:
    """Whether this process may try it now: nobody else does, and the robot has room."""
    now, robot = clock.now(), delivery.channel.robot
    used = Delivery.objects.filter(channel__robot=robot, last_at__gt=now - timedelta(minutes=1)).values_list("last_at", flat=True)
    wait = wait_for_room(delivery.channel.kind, [each for each in used if each], now)
    mine = Delivery.objects.filter(id=delivery.id, state=State.WAITING, next_at__lte=now)
    if wait is not None:
        mine.update(next_at=now + wait)
        return False
    delivery.attempts, delivery.last_at = delivery.attempts + 1, now
    return bool(mine.update(state=State.SENDING, attempts=delivery.attempts, last_at=now))


def _settle(delivery: Delivery, outcome: Outcome) -> None:
    delivery.outcome, delivery.detail, delivery.state = outcome.code, outcome.detail[:40], _state(outcome)
    wait = wait_after(delivery.attempts) if outcome.is_tried_again else None
    if wait is not None:
        silence = LIMITS[delivery.channel.kind].silence
        wait = max(wait, silence) if outcome.code == "rate_limited" else wait
        delivery.state, delivery.next_at = State.WAITING, clock.now() + wait
        if outcome.code == "rate_limited":
            _silence(delivery, clock.now() + silence)
    delivery.save(update_fields=("state", "outcome", "detail", "next_at"))


def _state(outcome: Outcome) -> str:
    return State.SENT if outcome.is_sent else State.UNCERTAIN if outcome.code == "uncertain" else State.FAILED


def _silence(delivery: Delivery, until: datetime) -> None:
    """Leaves a robot alone that was used too often: all that waits for it waits longer."""
    waiting = Delivery.objects.filter(channel__robot=delivery.channel.robot, state=State.WAITING, next_at__lt=until)
    waiting.exclude(id=delivery.id).update(next_at=until)
