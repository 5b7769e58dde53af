"""Tasks with their steps, folded from the ledger as known at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

from django.db.models import Exists, OuterRef, QuerySet

from closeknit.kit.once import once_a_page
from closeknit.ledger.fields import end_of
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.tasks.said import TaskSet, TaskStepped

STATES = {"done": "done", "dropped": "dropped", "reopened": "open", "carried_over": "open"}


@dataclass(frozen=True)
class Task:
    """A task as set last, with its steps in order."""

    event: Event
    steps: tuple[Event, ...]

    @property
    def number(self) -> str:
        return self.event.topic

    @property
    def area(self) -> str:
        return self.event.area

    @property
    def state(self) -> str:
        """open, done or dropped."""
        said = [STATES[step.data["step"]] for step in self.steps if step.data["step"] in STATES]
        return said[-1] if said else "open"

    def _since(self, name: str) -> list[Event]:
        """The steps of a sort that are not earlier than what was set last."""
        return [step for step in self.steps if step.data["step"] == name and step.order >= self.event.order]

    @property
    def owner(self) -> str:
        """Who answers for it now."""
        given = self._since("given")
        return str(given[-1].data["to"] if given else self.event.data["owner"])

    def due(self, zone: timezone) -> datetime:
        """By when it has to be done; a bare day lasts to its end."""
        carried = self._since("carried_over")
        return end_of(carried[-1].data["until"] if carried else self.event.data["due_at"], zone)

    @property
    def times_carried(self) -> int:
        return sum(step.data["step"] == "carried_over" for step in self.steps)

    def is_overdue(self, now: datetime, zone: timezone) -> bool:
        """Whether it should have been done by now."""
        return self.state == "open" and self.due(zone) <= now


@once_a_page
def tasks_in(area: str, *, until: datetime, as_of: datetime | None = None) -> list[Task]:
    """The tasks of an area and below it; two statements."""
    return _folded(in_area(standing(TaskSet, as_of=as_of), area, as_of).filter(at__lt=until), until, as_of)


def task_of(number: str) -> Task | None:
    """The task of that number."""
    found = _folded(standing(TaskSet).filter(topic=number), None, None)
    return found[0] if found else None


def tasks_from(origins: Iterable[str]) -> list[Task]:
    """The tasks that follow from these meetings, visits, directives or log entries."""
    wanted = set(origins) - {""}
    return _folded(standing(TaskSet).filter(data__origin__in=wanted), None, None) if wanted else []


def tasks_of_owner(member: str) -> list[Task]:
    """The open tasks that a member answers for now, wherever they lie."""
    given = standing(TaskStepped).filter(data__to=member).values("topic")
    sets = standing(TaskSet)
    found = _folded(sets.filter(data__owner=member) | sets.filter(topic__in=given), None, None)
    return [each for each in found if each.owner == member and each.state == "open"]


def _folded(sets: QuerySet[Event], until: datetime | None, as_of: datetime | None) -> list[Task]:
    """The tasks of which the word that holds is one of these: a task that was set anew elsewhere lies there alone."""
    words = standing(TaskSet, as_of=as_of).filter(topic__in=sets.values("topic"), **({"at__lt": until} if until else {}))
    every = list(words.annotate(wanted=Exists(sets.filter(id=OuterRef("id")))).defer("personal", "digest"))
    wanted = {event.id for event in every if event.wanted}
    latest = {number: events[-1] for number, events in grouped(every, "topic").items() if events[-1].id in wanted}
    said = standing(TaskStepped, as_of=as_of).filter(topic__in=latest)
    steps = grouped(list((said.filter(at__lt=until) if until else said).defer("personal", "digest")), "topic")
    return [Task(event, tuple(steps.get(number, ()))) for number, event in latest.items()]
