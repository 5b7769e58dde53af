"""What the phone of a worker who visits is given: who isolates, until when, and who was seen today."""

from datetime import date, datetime
from typing import Any

from closeknit.measures.isolation.kinds import HealthChecked, IsolationOrdered, Period, Released
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.tasks import Residents, Told, today, told

NOON = 12


def visits(assigned: Assigned, residents: Residents) -> list[list[Any]]:
    """A row a person whose latest order is not over and who was not released since, with the periods of today in which they were seen."""
    orders = _latest(told(assigned, residents, IsolationOrdered))
    released = _latest(told(assigned, residents, Released))
    free = {person for person, word in released.items() if person in orders and word.order > orders[person].order}
    seen: dict[str, set[str]] = {}
    for each in told(assigned, residents, HealthChecked, since=today(assigned)):
        seen.setdefault(each.person, set()).add(_period(each, assigned))
    due = [code for code, word in orders.items() if code in residents.persons and code not in free and not _over(word, assigned)]
    due.sort(key=lambda code: residents.persons[code])
    return [
        [code, orders[code].data["measure"], orders[code].data["until"], [each for each in Period if each in seen.get(code, ())]]
        for code in due
    ]


def _latest(words: list[Told]) -> dict[str, Told]:
    return {each.person: each for each in words}


def _over(order: Told, assigned: Assigned) -> bool:
    """A bare day is over when it has ended there."""
    until = order.data["until"]
    if len(until) == len("2022-03-25"):
        return date.fromisoformat(until) < today(assigned).date()
    return datetime.fromisoformat(until) <= assigned.now


def _period(check: Told, assigned: Assigned) -> str:
    """As it was said, else by the hour."""
    hour = check.at.astimezone(assigned.policy.timezone).hour
    return str(check.data.get("period") or (Period.MORNING if hour < NOON else Period.EVENING))
