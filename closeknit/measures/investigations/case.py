"""What the records of investigations come to: cases with their tasks, and who may read them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.ledger.fields import end_of, parse_time
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.policy.packs import policy

KINDS = tuple(f"investigations.{each}" for each in ("opened", "staff_named", "task_given", "task_done", "closed"))
TRACED = ("tracing.person_named", "tracing.asked")  # what is said of a case elsewhere


@dataclass(frozen=True)
class Task:
    """A task as it was given, and how it ended."""

    given: Event
    done: Event | None = None

    @property
    def number(self) -> str:
        return self.given.topic

    @cached_property
    def due_at(self) -> datetime:
        """Until when; a bare day lasts to its end."""
        said = str(self.given.data["due_at"])
        due = parse_time(said)
        return due if isinstance(due, datetime) else end_of(said, policy(self.given.area).timezone)

    def is_late(self, at: datetime) -> bool:
        """Whether its time is over and it is open."""
        return self.done is None and self.due_at <= at


@dataclass
class Case:
    """A case: its latest opening, its closing where it is closed, its staff and its tasks."""

    number: str
    opened: Event
    closed: Event | None = None
    staff: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def counts(self, event: Event) -> bool:
        """Whether a record that bears the case's number is about this case."""
        return event.area == self.opened.area and event.at >= self.opened.at

    @property
    def named(self) -> set[str]:
        """The members who may read it."""
        return {*self.staff, *(str(task.given.data["to"]) for task in self.tasks)}

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.done is None]


def cases(*numbers: str, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Case]:
    """The cases by number, all where none is named; one statement.

    Of a case count the records of the area of its latest opening, from then on: what others said of another case that bore its number
    is not told to whoever leads this one.
    """
    said = standing(*(kinds()[name].said for name in KINDS), as_of=as_of).defer("personal", "digest")
    said = said.filter(data__case__in=numbers) if numbers else said
    events = sorted(said.filter(at__lt=until) if until else said, key=lambda each: each.order)
    found: dict[str, Case] = {}
    for event in (each for each in events if each.kind == "investigations.opened"):
        case = found.setdefault(event.topic, Case(event.topic, event))
        case.opened, case.staff = event, list(event.data.get("staff", ()))
    done = {each.topic: each for each in events if each.kind == "investigations.task_done"}
    for event in events:
        held = found.get(str(event.data["case"]))
        if held is None or not held.counts(event):
            continue
        if event.kind == "investigations.closed":
            held.closed = event if event.order > held.opened.order else None
        elif event.kind == "investigations.staff_named" and event.order > held.opened.order:
            held.staff = list(event.data["staff"])
        elif event.kind == "investigations.task_given":
            held.tasks = [task for task in held.tasks if task.number != event.topic] + [Task(event, done.get(event.topic))]
    return found


def is_taken(number: str, *, form: UUID) -> bool:
    """Whether anything was said of a case of this number, in whatever area, standing or not, but by this form itself."""
    return Event.objects.filter(kind__in=(*KINDS, *TRACED), data__case=number).exclude(id=form).exists()


def may_read(account: Account, case: Case) -> bool:
    """Epidemiologists of the area, and the members whom the case names."""
    reads = can(account, "investigations.view") and in_scope(account, case.opened.area)
    return reads or (bool(account.member) and account.member in case.named)


def leads(account: Account, case: Case) -> bool:
    """Whether the account gives tasks in this case, names its staff, asks who was where, and closes it."""
    return can(account, "investigations.record") and in_scope(account, case.opened.area)
