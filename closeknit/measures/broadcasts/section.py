"""Its part of the daily report: what was planned for the day, what of it was done."""

from collections.abc import Callable
from datetime import timedelta

from closeknit.kit.text import Text
from closeknit.measures.broadcasts.plan import Line, View, lines
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _lines(question: Question) -> list[Line]:
    zone = question.policy.timezone
    today = (question.end - timedelta(microseconds=1)).astimezone(zone).date()
    view = View(question.area, today, today, question.end, zone, question.as_of)
    return list(question.once("plan", lambda: lines(view)))


def _where(pick: Callable[[Line], bool]) -> Callable[[Question], CodeRows]:
    return lambda question: CodeRows("area", [each.area for each in _lines(question) if pick(each)])


SECTION = section(
    Section(
        "broadcasts",
        Text("Broadcast plan", "宣传计划"),
        (
            Figure("outreach.plan_due", Text("Planned for the day", "当日计划"), _where(lambda each: True), state=True),
            Figure("outreach.plan_kept", Text("Done", "已落实"), _where(lambda each: each.is_kept), state=True),
            Figure("outreach.plan_missing", Text("Missing", "未落实"), _where(lambda each: not each.is_kept), state=True),
        ),
        order=82,
    )
)
