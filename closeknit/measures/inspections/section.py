"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import Action, Inspected
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, GroupedRows, Question, Section, section


def _place(event: Event) -> str:
    return event.place


def _run(event: Event) -> str:
    return str(event.data["run"])


def _runs(question: Question) -> GroupedRows:
    return GroupedRows(question.events(Inspected), key=_run, about="run", code=_run)


def _acts(action: Action) -> Callable[[Question], GroupedRows]:
    """Inspections that led to an action, each place once a run."""

    def key(event: Event) -> tuple[str, str] | None:
        return (_run(event), event.place) if action.value in event.data["actions"] else None

    return lambda question: GroupedRows(question.events(Inspected), key=key, about="place", code=_place)


SECTION = section(
    Section(
        "inspections",
        Text("Inspections", "监督检查"),
        (
            Figure("inspections.runs", Text("Runs", "检查批次"), _runs),
            Figure("inspections.premises", Text("Premises", "检查场所"), distinct("place", Inspected)),
            *(Figure(f"inspections.{action.value}", action.label, _acts(action)) for action in Action if action is not Action.NONE),
        ),
        order=52,
    )
)
