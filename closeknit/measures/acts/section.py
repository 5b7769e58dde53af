"""Its part of the daily report: acts made, and acts set aside beside them."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import STANDS, Act, Inspected, ObjectionDecided, State, act_code, all_acts
from closeknit.measures.legality.kinds import Reviewed
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _rows(pairs: Iterable[tuple[str, Event]]) -> CodeRows:
    """A row an act, by its place."""
    listed = list(pairs)
    return CodeRows("place", sorted(place for place, _ in listed), dict(listed))


def _made(question: Question) -> CodeRows:
    """The acts of the window's inspections, each once a place and run."""
    made = {}
    for event in question.events(Inspected).defer("personal", "digest"):
        for action in event.data["actions"]:
            if action != "none":
                made[act_code(str(event.data["run"]), event.place, action)] = (event.place, event)
    return _rows(made.values())


def _set_aside(question: Question) -> CodeRows:
    """The acts that a review or a decision about an objection has set aside in the window."""
    said = question.events(Reviewed, ObjectionDecided, data__outcome="set_aside").defer("personal", "digest")
    return _rows({event.topic: (event.place, event) for event in said}.values())


def _acts(question: Question) -> list[Act]:
    return list(question.once("acts", lambda: all_acts(question.area, until=question.end, as_of=question.as_of)))


def _where(pick: Callable[[State], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        zone = question.policy.timezone
        return _rows((act.place, act.written or act.made) for act in _acts(question) if pick(act.state(question.end, zone)))

    return rows


def _objections(question: Question) -> CodeRows:
    return _rows((act.place, each) for act in _acts(question) for each in act.objections)


def _late(question: Question) -> CodeRows:
    within = timedelta(hours=float(question.policy.get("inspections.objection_within_h")))
    return _rows((act.place, each) for act in _acts(question) for each in act.objections if each.at + within <= question.end)


SECTION = section(
    Section(
        "acts",
        Text("Acts", "执法处置"),
        (
            Figure("inspections.acts", Text("Acts made", "作出处置"), _made),
            Figure("inspections.set_aside", Text("Acts set aside", "撤销处置"), _set_aside),
            Figure("inspections.acts_standing", Text("Acts that stand", "执行中处置"), _where(lambda state: state in STANDS), state=True),
            Figure(
                "inspections.acts_unwritten", Text("Acts not on paper", "未出文书处置"),
                _where(lambda state: state is State.UNWRITTEN), state=True,
            ),
            Figure("inspections.objections_open", Text("Objections open", "异议待处理"), _objections, state=True),
            Figure("inspections.objections_late", Text("Objections late", "异议逾期"), _late, state=True),
        ),
        order=53,
    )
)  # fmt: skip
