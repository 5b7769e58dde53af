"""What a device's push meets before the ledger: who it is from, and what it is answered."""

from typing import Any

from django.utils import translation

from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.record import Answer, record_pushes
from closeknit.ledger.wire import BadPush, take_apart
from closeknit.sync.enrolment.contact import Revoked, known_device, note_push
from closeknit.sync.hands import by_phone
from closeknit.sync.standing import keep, standing_of

KEPT_EVERY = 1_000  # a pull keeps it exactly; here a push is not made to write twice
OTHER_DEVICE = Text("The push names another device than the token's.", "上传内容中的设备与令牌不符。")


def receive(body: bytes, *, device: str, token: str) -> dict[str, Any]:
    """Records a push, durable when this returns; the answer is by event id. Raises `BadPush` with an HTTP status."""
    known = known_device(device, token)
    now = clock.now()
    push = take_apart(body, received_at=now)
    if push.device != device:
        raise BadPush("device", OTHER_DEVICE, 403)
    note_push(known, now)
    answers = record_pushes([by_phone(push, known)])[0]
    standing = keep(known, standing_of(device, known.held_to), step=KEPT_EVERY)
    return {"answers": [plain(answer) for answer in answers], "held_to": standing.held_to, "missing": list(standing.missing)}


def plain(answer: Answer) -> dict[str, str]:
    """An answer as it goes over the wire; its text in the active language."""
    told = {"id": answer.id, "status": answer.status, "field": answer.field, "reason": answer.reason}
    if answer.text:
        told["text"] = str(answer.text)
    return {name: value for name, value in told.items() if value or name == "id"}


def refused(problem: BadPush, language: str) -> dict[str, Any]:
    """What was not taken, as it goes over the wire: the field, and the remedy in the device's language."""
    with translation.override(language):
        told: dict[str, Any] = {"error": problem.field, "text": str(problem.text)}
    return {**told, "revoked": True} if isinstance(problem, Revoked) else told
