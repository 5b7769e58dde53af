"""`trace()`: who was where a case's person was. The whereabouts files' only reader, and the only way from a place to people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import visible
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import latest, standing
from closeknit.measures.investigations.kinds import Case, cases, leads
from closeknit.measures.tracing.kinds import SAY_WHY, PersonNamed
from closeknit.measures.tracing.rules import infectious_window
from closeknit.measures.whereabouts.kinds import NUMBERS, Traced, asked_for, behind, entries, look
from closeknit.policy.packs import Policy, policy
from closeknit.registry.known import canonical
from closeknit.registry.models import Person
from closeknit.registry.reading.names import other_names

SCREEN, WHAT = "tracing.trace", "case"
NOT_YOURS = Text("There is no open case {case} that you lead.", "没有由您负责且未结束的调查 {case}。")
NO_PERSON = Text("Name the person of case {case} first.", "请先确定调查 {case} 的病例人员。")


@dataclass(frozen=True)
class Present:
    """Somebody who came where the case's person was. event: the record, None where it lies outside the reader's area or is gone."""

    place: str
    at: datetime
    kind: str
    apart_s: int
    event: Event | None


def trace(case: str, *, by: Account, why: str) -> list[Present]:
    """Everybody within the pack's minutes of the person of an open case that the account leads, the nearest in time first.

    The reading is written before a file is opened; where it cannot be, nothing is. Raises Invalid where the case is not open, not the
    account's to lead, has no person yet, or no reason is given.
    """
    traced, pack = _permitted(case, by, why)
    rows = look(partial(asked_for, [traced]), window_s=60 * pack.get("tracing.minutes"))
    found = [
        Present(place, datetime.fromtimestamp(at_s, UTC), kind, apart_s, event)
        for (_, place, at_s, kind, _, apart_s), event in zip(rows, behind(rows, visible(entries(), by)), strict=True)
    ]
    return sorted(found, key=lambda each: (each.apart_s, each.at, each.place))


def count_present(numbers: Sequence[str], *, by: Account, why: str) -> dict[str, int]:
    """By case, how many were within the pack's minutes of its person, each day's persons counted anew: for many cases at once, and nobody
    is named."""
    permitted = [_permitted(case, by, why) for case in numbers]
    found = dict.fromkeys(numbers, 0)
    if permitted:
        window_s = 60 * permitted[0][1].get("tracing.minutes")
        for case, _, persons in look(partial(asked_for, [traced for traced, _ in permitted]), window_s=window_s, text=NUMBERS):
            found[case] += persons
    return found


def _permitted(case: str, by: Account, why: str) -> tuple[Traced, Policy]:
    if not why.strip():
        raise Invalid("data.reason", "missing", SAY_WHY)
    held = led(case, by)
    if held is None:
        raise Invalid("", "not_yours", NOT_YOURS.format(case=case))
    pack = policy(held.opened.area)
    traced = of_case(held, pack)
    if traced is None:
        raise Invalid("", "no_person", NO_PERSON.format(case=case))
    trail.read(by, SCREEN, [case], what=WHAT, purpose=why)
    return traced, pack


def led(number: str, by: Account) -> Case | None:
    """The open case of that number that the account leads."""
    held = cases(number).get(number)
    return held if held and not held.closed and leads(by, held) else None


def of_case(case: Case, pack: Policy) -> Traced | None:
    """Whose case it is and since when, by the latest word in this case; None where nobody has said."""
    event = latest(standing(PersonNamed).filter(topic=case.number, area=case.opened.area), "topic").get(case.number)
    if event is None or not case.counts(event):
        return None
    told = Event.objects.get(id=event.id).told()
    window = infectious_window(told["basis"], told["began_at"], told.get("apart_at", ""), clock.now(), pack)
    code = canonical("person", [event.person]).get(event.person, event.person)
    row = Person.objects.current().filter(code=code).first()
    phones = str(row.told().get("phone", "")).split(";") if row else []
    return Traced(case.number, other_names("person", code), phones, window)
