"""Its part of the daily report."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import Action, Inspected
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, Question, Section, section


@dataclass(frozen=True)
class Acts:
    """Inspections that led to an action; the value counts each place once a run."""

    events: QuerySet[Event]
    action: str

    def value(self) -> int:
        rows = self.events.values_list("data", "place")
        return len({(data["run"], place) for data, place in rows if self.action in data["actions"]})


@dataclass(frozen=True)
class Runs:
    """Inspections; the value is how many different runs they belong to."""

    events: QuerySet[Event]

    def value(self) -> int:
        return len({data["run"] for data in self.events.values_list("data", flat=True)})


def _acts(action: Action) -> Callable[[Question], Acts]:
    return lambda question: Acts(question.events(Inspected), action.value)


SECTION = section(
    Section(
        "inspections",
        Text("Inspections", "监督检查"),
        (
            Figure("inspections.runs", Text("Runs", "检查批次"), lambda question: Runs(question.events(Inspected))),
            Figure("inspections.premises", Text("Premises", "检查场所"), distinct("place", Inspected)),
            *(Figure(f"inspections.{action.value}", action.label, _acts(action)) for action in Action if action is not Action.NONE),
        ),
        order=52,
    )
)
