"""Outboxes that come as files, from the console or the command line, and what is said of them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment.letters import bundle
from closeknit.sync.enrolment.rescue import Outcome, keep, of_bundle, take_in
from closeknit.sync.models import Device, Letter

MOST_FILE_BYTES = 20_000_000
MOST_IN_FILE = 20_000
NOT_YOURS = Text(
    "This file is of the phone {code}, which is not enrolled in your area. Give it to those who enrolled it.",
    "此文件来自手机 {code}，不在您的辖区登记。请交由登记单位导入。",
)
AGAIN = Text("Refused before, for the same reason.", "此前已因同一原因被拒收。")


@dataclass(frozen=True)
class Summary:
    """What is said of an outbox: each letter counts in one of the figures."""

    device: str
    new: int
    known: int
    parked: int  # recorded, but they name somebody whom the register does not know yet
    waiting: int
    unreadable: int
    refused: list[tuple[Text, int]]  # why, and how many


def bring(raw: bytes, *, by: str, phones: "QuerySet[Device]") -> Outcome:
    """Keeps the letters of a file, of one of these phones. Those of a phone in good standing are recorded at once. Raises `BadPush`."""
    brought = bundle(raw, most=MOST_IN_FILE)
    device = phones.filter(pk=brought.device).first()
    if device is None:
        raise BadPush("device", NOT_YOURS.format(code=brought.device), 403)
    outcome = keep(brought)
    if device.revoked_at is None:
        take_in(of_bundle(brought).exclude(state=Letter.State.REFUSED), by=by, outcome=outcome)
    outcome.waiting = of_bundle(brought).filter(state=Letter.State.WAITING).count()
    return outcome


def told(outcome: Outcome) -> Summary:
    """The outcome in figures."""
    reasons = Counter(answer.text or AGAIN for answer in outcome.answers if answer.status in ("rejected", "conflict"))
    new, parked, refused = outcome.count("accepted"), outcome.count("waiting"), outcome.count("rejected", "conflict")
    known = outcome.letters - new - parked - refused - outcome.waiting - len(outcome.unreadable)
    return Summary(outcome.device, new, known, parked, outcome.waiting, len(outcome.unreadable), reasons.most_common())
