"""Its part of the daily report: numbers, and the cases' own numbers."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.fields import end_of
from closeknit.ledger.queries import latest, standing
from closeknit.measures.investigations.case import Case, cases
from closeknit.measures.investigations.kinds import InvestigationClosed, InvestigationOpened, InvestigationTaskDone, InvestigationTaskGiven
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, EventRows, Figure, Question, Section, section


def _open(question: Question) -> CodeRows:
    found: dict[str, Case] = question.once("cases", lambda: cases(until=question.end, as_of=question.as_of))
    held = {number: case.opened for number, case in found.items() if case.closed is None and case.opened.area in question.areas}
    return CodeRows("case", sorted(held), held)


def _tasks(late: bool) -> Callable[[Question], EventRows]:
    def rows(question: Question) -> EventRows:
        ended = standing(InvestigationTaskDone, as_of=question.as_of).filter(at__lt=question.end)
        given = question.until(InvestigationTaskGiven).exclude(topic__in=ended.values("topic"))
        zone, tasks = question.policy.timezone, latest(given, "topic").values()
        counted = [each.id for each in tasks if not late or end_of(each.data["due_at"], zone) <= question.end]
        return EventRows(given.filter(id__in=counted))

    return rows


SECTION = section(
    Section(
        "investigations",
        Text("Investigations", "流行病学调查"),
        (
            Figure("investigations.opened", Text("Investigations opened", "启动调查"), count(InvestigationOpened)),
            Figure("investigations.closed", Text("Investigations closed", "结束调查"), count(InvestigationClosed)),
            Figure("investigations.open", Text("Investigations open", "在办调查"), _open, state=True),
            Figure("investigations.tasks_open", Text("Tasks open", "未完成任务"), _tasks(late=False), state=True),
            Figure("investigations.tasks_late", Text("Tasks late", "逾期任务"), _tasks(late=True), state=True),
            Figure("investigations.with_police", Text("Tasks with the police", "公安协查任务"), count(InvestigationTaskGiven, police=True)),
        ),
        order=58,
    )
)
