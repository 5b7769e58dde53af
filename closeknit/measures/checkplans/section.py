"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.measures.checkplans.kinds import Inspected, plans_of
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _left(question: Question) -> CodeRows:
    plans = [plan for plan in plans_of(question.area, question.end, question.as_of) if not plan.ended]
    left = {f"{plan.code} {unit.code}": plan.planned for plan in plans for unit in plan.left}
    return CodeRows("unit", sorted(left), left)


def _not_met(question: Question) -> CodeRows:
    rows: dict[str, Event] = {}
    for event in question.events(Inspected).order_by(*TOTAL_ORDER):
        rows |= {f"{event.id} {item}": event for item in event.data.get("not_met", ())}
    return CodeRows("item", sorted(rows), rows)


SECTION = section(
    Section(
        "checkplans",
        Text("Inspections by plan", "计划督查"),
        (
            Figure("checkplans.inspected", Text("Inspections", "检查次数"), count(Inspected)),
            Figure("checkplans.not_met", Text("Items not well", "不合格项"), _not_met),
            Figure("checkplans.left", Text("Units not inspected", "未检查单位"), _left, state=True),
        ),
        order=91,
    )
)
