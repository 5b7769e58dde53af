"""Its part of the daily report: who needs help, and who has not been seen in time. Requests for help: see `helping`."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.care.kinds import CareVisited
from closeknit.measures.care.people import Cared, people
from closeknit.measures.care.rules import cadence, is_missed
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _people(pick: Callable[[Cared, int, Question], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        days = question.policy.get("care.visit_every_days")
        found = question.once("care", lambda: people(question.area, until=question.end, as_of=question.as_of))
        picked = {each.code: each.last for each in found if pick(each, cadence(each.tags, days), question)}
        return CodeRows("person", sorted(picked), {code: event for code, event in picked.items() if event})

    return rows


def _missed(each: Cared, every: int, question: Question) -> bool:
    return is_missed(each.last.at if each.last else None, every, question.end)


SECTION = section(
    Section(
        "care",
        Text("Care", "关爱帮扶"),
        (
            Figure("care.people", Text("People who need help", "需关爱人员"), _people(lambda each, every, question: True), state=True),
            Figure("care.due", Text("To be visited regularly", "应定期探访"), _people(lambda each, every, question: every > 0), state=True),
            Figure("care.gap", Text("Not seen in time", "超期未探访"), _people(_missed), state=True),
            Figure("care.visits", Text("Visits of care", "关爱探访"), count(CareVisited)),
        ),
        order=78,
    )
)
