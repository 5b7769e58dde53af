"""What the pushes of devices meet before the ledger: who each is from, and what each is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.ledger.record import Answer, record_pushes, writing
from closeknit.ledger.wire import BadPush, Push, take_apart
from closeknit.sync.enrolment.contact import proved
from closeknit.sync.hands import by_phones
from closeknit.sync.models import Device
from closeknit.sync.standing import Standing, come, standings

OTHER_DEVICE = Text("The push names another device than the token's.", "上传内容中的设备与令牌不符。")


@dataclass(frozen=True)
class Sent:
    """A push as it arrives: its JSON, and the device and token of its headers."""

    body: bytes = field(repr=False)
    device: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Received:
    """What became of a push: an answer for each of its records, and what the server holds of the device."""

    answers: Sequence[Answer]
    standing: Standing

    def told(self) -> dict[str, Any]:
        """As it goes over the wire, its texts in the active language."""
        answers = [plain(answer) for answer in self.answers]
        return {"answers": answers, "held_to": self.standing.held_to, "missing": list(self.standing.missing)}


def receive(sent: Sequence[Sent]) -> list[Received | Exception]:
    """Records pushes that arrived together, durable when this returns. What one of them does wrong (`BadPush`, with an HTTP status), or
    breaks, is its own answer: the others are recorded."""
    try:
        return _received(sent)
    except Exception as error:
        return [error] if len(sent) == 1 else [receive([each])[0] for each in sent]


def _received(sent: Sequence[Sent]) -> list[Received | Exception]:
    now = clock.now()
    devices = Device.objects.in_bulk(list({each.device for each in sent}))
    told: list[Received | Exception] = []
    brought: list[tuple[Push, Device]] = []
    for each in sent:
        try:
            brought.append(_taken(each, devices.get(each.device), now))
        except BadPush as problem:
            told.append(problem)
        else:
            told.append(Received((), Standing(0, ())))
    if not brought:
        return told
    with writing():
        answers = record_pushes(by_phones(brought))
        held = _noted(brought, now)
    told_of = standings(held)
    recorded = iter([Received(said, told_of[push.device]) for said, (push, _) in zip(answers, brought, strict=True)])
    return [each if isinstance(each, Exception) else next(recorded) for each in told]


def _taken(each: Sent, device: Device | None, now: datetime) -> tuple[Push, Device]:
    known = proved(device, each.token)
    push = take_apart(each.body, received_at=now)
    if push.device != known.code:
        raise BadPush("device", OTHER_DEVICE, 403)
    return push, known


def _noted(brought: Sequence[tuple[Push, Device]], now: datetime) -> dict[str, tuple[int, int]]:
    """Up to where the server holds each device now, and the last number; remembered, with when it called."""
    seqs: dict[str, set[int]] = {device.code: set() for _, device in brought}
    for push, device in brought:
        seqs[device.code].update(seq for raw in push.events if isinstance(raw, dict) and isinstance(seq := raw.get("seq"), int))
    devices = {device.code: device for _, device in brought}
    held = come({code: (devices[code].held_to, seqs[code]) for code in sorted(devices)})
    kept = [{"code": code, "held_to": held_to, "last_seen_at": now} for code, (held_to, _) in held.items()]
    bulk.update(Device, kept, key="code")
    return held


def plain(answer: Answer) -> dict[str, str]:
    """An answer as it goes over the wire; its text in the active language."""
    told = {"id": answer.id, "status": answer.status, "field": answer.field, "reason": answer.reason}
    if answer.text:
        told["text"] = str(answer.text)
    return {name: value for name, value in told.items() if value or name == "id"}
