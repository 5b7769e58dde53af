"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.routine.reckoning import DUE, OVERDUE, Reckoned, reckon, times
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _persons(pick: Callable[[Reckoned], set[str]]) -> Callable[[Question], CodeRows]:
    return lambda question: CodeRows("person", sorted(pick(reckon(question))))


def _times(question: Question) -> CodeRows:
    events = times(question)
    return CodeRows("event", [str(event.id) for event in events], {str(event.id): event for event in events})


SECTION = section(
    Section(
        "routine",
        Text("Routine testing", "重点人群检测"),
        (
            Figure("routine.members", Text("Persons of key populations", "重点人群人数"), _persons(Reckoned.everybody), state=True),
            Figure("routine.due", Text("Due", "应检人数"), _persons(lambda made: made.in_state(DUE, OVERDUE)), state=True),
            Figure("routine.overdue", Text("Overdue", "逾期未检人数"), _persons(lambda made: made.in_state(OVERDUE)), state=True),
            Figure("routine.person_times", Text("Samples", "检测人次"), _times),
        ),
        order=56,
        feature="testing",
    )
)
