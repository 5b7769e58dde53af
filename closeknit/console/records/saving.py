"""Saving what a form says: once for each form that was drawn, by the account that is signed in; and taking it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from msgspec import ValidationError, convert

from closeknit.access.models import Account
from closeknit.console.records import finding
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.judge import judge
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.record import Answer, lock, record_many, writing
from closeknit.ledger.wire import Push, cleaned

UNDO_WITHIN = timedelta(seconds=60)
UNDONE = "undone"
UNDONE_WHY = Text("Undone at once", "当场撤销")
REFERENCES = ("household", "person", "place")

OTHER = Text(
    "This form was sent before with other answers, and those were recorded. Open a new form to add these, or put that record right.",
    "此表单此前已按其他内容提交并登记。如需补登请重新打开表单，或更正原记录。",
)
LATE = Text("Too late to undo: after a minute a record is put right with a reason.", "已超过一分钟，不能撤销；请用“更正”并写明原因。")
GONE = Text("This record does not stand any more.", "此记录已撤销或更正。")


@dataclass(frozen=True)
class Entry:
    """What one form says. `id` was made when the form was drawn; references are codes by household, person and place. `by`: under whose
    code it will stand, told to guards."""

    id: UUID
    kind: str
    area: str
    data: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    corrects: UUID | None = None
    by: str = ""


Guard = Callable[[Account, Entry], None]
_guards: dict[str, Guard] = {}


def guard(kind: str, refuses: Guard) -> None:
    """From now on what an account records of a kind passes `refuses`, which raises `Invalid` where it may not be."""
    _guards[kind] = refuses


def _within(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the data name somebody, or something, outside the account's scope."""
    try:
        said = convert(cleaned(entry.data), kinds()[entry.kind].said)
    except ValidationError:
        return  # the ledger says which field
    for reference, code in said.mentions():
        if not finding.area_of(account, reference, code):
            raise Invalid(f"data.{reference}", "outside", finding.NONE.format(words=code))
    if entry.kind in _guards:
        _guards[entry.kind](account, entry)


def author(account: Account) -> str:
    """Under which code an account's records stand: its member, else its user name."""
    return account.member or account.username


def device(account: Account) -> str:
    """The device of what an account records here."""
    return f"console:{account.username}"


def save(account: Account, entry: Entry) -> Answer:
    """Records the entry, or finds that the same form has recorded it already. Raises `Invalid` with the field and what is allowed."""
    outcome = save_many(account, [entry], by=author(account))[0]
    if isinstance(outcome, Invalid):
        raise outcome
    return outcome


def save_many(account: Account, entries: Sequence[Entry], *, by: str) -> list[Answer | Invalid]:
    """Records what the account typed for the member `by`: for each entry the answer, or why it cannot be taken. None stops another.

    An entry that cannot stand never reaches the ledger, so that it can be put right under its id.
    """
    before = Event.objects.in_bulk([entry.id for entry in entries])
    outcomes: list[Answer | Invalid | None] = [
        _again(account, entry, before[entry.id]) if entry.id in before else _refused(account, entry, by) for entry in entries
    ]
    with writing():
        lock()
        held = Event.objects.in_bulk([entry.id for entry in entries])
        for number, entry in enumerate(entries):
            if outcomes[number] is None and entry.id in held:
                outcomes[number] = _again(account, entry, held[entry.id])
        fresh = [number for number, outcome in enumerate(outcomes) if outcome is None]
        answers = record_many([_event(entries[number]) for number in fresh], by=by, device=device(account)) if fresh else []
    taken = dict(zip(fresh, map(_taken, answers), strict=True))
    return [outcome or taken[number] for number, outcome in enumerate(outcomes)]


def _refused(account: Account, entry: Entry, by: str) -> Invalid | None:
    """Why an entry cannot stand, by the account's scope and by the ledger's own judgement; None where it can."""
    try:
        _within(account, replace(entry, by=by))
        push = Push(device(account), by, (), pushed_at=None, received_at=clock.now(), live=True)
        judge({"seq": 1, **_event(entry)}, push)
    except Invalid as invalid:
        return invalid
    return None


def _again(account: Account, entry: Entry, held: Event) -> Answer | Invalid:
    same = held.device == device(account) and _same(held, entry)
    return Answer(str(entry.id), "duplicate") if same else Invalid("", "conflict", OTHER)


def _taken(answer: Answer) -> Answer | Invalid:
    return answer if answer.status == "accepted" else Invalid(answer.field, answer.reason, answer.text or OTHER)


def _event(entry: Entry) -> dict[str, Any]:
    event = {
        "id": str(entry.id),
        "kind": entry.kind,
        "area": entry.area,
        "at": (entry.at or clock.now()).isoformat(),
        "data": dict(entry.data),
    }
    event |= {name: code for name, code in entry.references.items() if code}
    return event | ({"corrects": str(entry.corrects)} if entry.corrects else {})


def _same(held: Event, entry: Entry) -> bool:
    """Whether the form says what it said before; its time is not asked, for it moves on between two clicks."""
    said = (held.kind, held.area, held.corrects, *(getattr(held, name) for name in REFERENCES), held.told())
    return said == (entry.kind, entry.area, entry.corrects, *(entry.references.get(name, "") for name in REFERENCES), cleaned(entry.data))


def undo(account: Account, event_id: UUID) -> Event | None:
    """Withdraws one's own record of the last minute; the same again changes nothing. None where there is no such record of one's own.

    Raises `Invalid` where it is too late, or where the record was put right since.
    """
    event = Event.objects.filter(id=event_id, device=device(account)).exclude(kind="ledger.voided").first()
    if event is None:
        return None
    void = Entry(uuid5(event.id, UNDONE), "ledger.voided", event.area, {"reason": str(UNDONE_WHY)}, corrects=event.id)
    if not Event.objects.filter(id=void.id).exists():
        if event.superseded_at is not None:
            raise Invalid("", "gone", GONE)
        if clock.now() - event.received_at > UNDO_WITHIN:
            raise Invalid("", "late", LATE)
        save(account, void)
    return event
