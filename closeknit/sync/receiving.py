"""What a device's push meets before the ledger: who it is from, and what it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import Answer, record_pushes
from closeknit.ledger.wire import BadPush, take_apart
from closeknit.sync.enrolment.contact import Revoked, known_device, note_push

OTHER_DEVICE = Text("The push names another device than the token's.", "上传内容中的设备与令牌不符。")


@dataclass(frozen=True)
class Standing:
    """Up to which `seq` the server holds everything of a device, and the holes after it (at most 100)."""

    held_to: int
    missing: Sequence[int]


def receive(body: bytes, *, device: str, token: str) -> dict[str, Any]:
    """Records a push, durable when this returns; the answer is by event id. Raises `BadPush` with an HTTP status."""
    known = known_device(device, token)
    now = clock.now()
    push = take_apart(body, received_at=now)
    if push.device != device:
        raise BadPush("device", OTHER_DEVICE, 403)
    note_push(known, now)
    answers = record_pushes([push])[0]
    standing = standing_of(device)
    return {"answers": [plain(answer) for answer in answers], "held_to": standing.held_to, "missing": list(standing.missing)}


def plain(answer: Answer) -> dict[str, str]:
    """An answer as it goes over the wire; its text in the active language."""
    told = {"id": answer.id, "status": answer.status, "field": answer.field, "reason": answer.reason}
    if answer.text:
        told["text"] = str(answer.text)
    return {name: value for name, value in told.items() if value or name == "id"}


def standing_of(device: str) -> Standing:
    """What the server holds of a device: events and what it refused alike."""
    held = set(Event.objects.filter(device=device).values_list("seq", flat=True))
    held |= {seq for seq in Refusal.objects.filter(device=device).values_list("seq", flat=True) if seq is not None}
    held_to = 0
    while held_to + 1 in held:
        held_to += 1
    last = max(held, default=0)
    missing: list[int] = []
    for seq in range(held_to + 1, last):
        if seq not in held:
            missing.append(seq)
            if len(missing) == 100:
                break
    return Standing(held_to, missing)


def refused(problem: BadPush, language: str) -> dict[str, Any]:
    """What was not taken, as it goes over the wire: the field, and the remedy in the device's language."""
    with translation.override(language):
        told: dict[str, Any] = {"error": problem.field, "text": str(problem.text)}
    return {**told, "revoked": True} if isinstance(problem, Revoked) else told
