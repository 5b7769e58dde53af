"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import Action, Finding, Inspected, Premises, premises
from closeknit.reports.counting import distinct
from closeknit.reports.figures import CodeRows, Figure, GroupedRows, Question, Section, section


def _place(event: Event) -> str:
    return event.place


def _run(event: Event) -> str:
    return str(event.data["run"]).strip()


def _runs(question: Question) -> GroupedRows:
    return GroupedRows(question.events(Inspected), key=_run, about="run", code=_run)


def _acts(action: Action) -> Callable[[Question], GroupedRows]:
    """Inspections that led to an action, each place once a run."""

    def key(event: Event) -> tuple[str, str] | None:
        return (_run(event), event.place) if action.value in event.data["actions"] else None

    return lambda question: GroupedRows(question.events(Inspected), key=key, about="place", code=_place)


def _runs_where(pick: Callable[[Event], bool]) -> Callable[[Question], GroupedRows]:
    """Runs of which some inspection was so."""

    def key(event: Event) -> str | None:
        return _run(event) if pick(event) else None

    return lambda question: GroupedRows(question.events(Inspected), key=key, about="run", code=_run)


def _places(pick: Callable[[Premises], list[Finding]]) -> Callable[[Question], CodeRows]:
    """Places of the area by what their findings come to at the window's end."""

    def rows(question: Question) -> CodeRows:
        held = question.once("premises", lambda: premises(question.area, until=question.end, as_of=question.as_of))
        found = {code: picked[-1].at for code, each in held.items() if (picked := pick(each))}
        return CodeRows("place", sorted(found), found)

    return rows


SECTION = section(
    Section(
        "inspections",
        Text("Inspections", "监督检查"),
        (
            Figure("inspections.runs", Text("Runs", "检查批次"), _runs),
            Figure("inspections.premises", Text("Premises", "检查场所"), distinct("place", Inspected)),
            *(Figure(f"inspections.{action.value}", action.label, _acts(action)) for action in Action if action is not Action.NONE),
            Figure(
                "inspections.unannounced",
                Text("Unannounced runs", "暗访批次"),
                _runs_where(lambda event: event.data.get("manner") == "unannounced"),
            ),
            Figure(
                "inspections.accompanied",
                Text("Accompanied runs", "联合检查批次"),
                _runs_where(lambda event: bool(event.data.get("accompanied_by"))),
            ),
            Figure(
                "inspections.findings_open",
                Text("Places with open findings", "问题未销号场所"),
                _places(lambda each: each.open_findings),
                state=True,
            ),
            Figure(
                "inspections.repeated",
                Text("Places where it was found again", "重复发现问题场所"),
                _places(lambda each: each.repeated),
                state=True,
            ),
        ),
        order=52,
    )
)
