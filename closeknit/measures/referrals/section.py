"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.referrals.kinds import DepartmentTold, TransportSuspected
from closeknit.measures.referrals.listing import Referral, referrals
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _where(pick: Callable[[Referral, Question], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        every = question.once("referrals", lambda: referrals(question.area, question.policy, until=question.end, as_of=question.as_of))
        found = [each.event for each in every if pick(each, question)]
        return CodeRows("place", sorted(event.place for event in found), {event.place: event for event in found})

    return rows


SECTION = section(
    Section(
        "referrals",
        Text("Hand-overs to departments", "移送主管部门"),
        (
            Figure("inspections.departments_told", Text("Departments told", "移送主管部门"), count(DepartmentTold)),
            Figure(
                "inspections.transport_suspected", Text("Vehicles handed over", "移交疑似非法营运车辆"), count(TransportSuspected),
                whereabouts=True,
            ),
            Figure(
                "inspections.referrals_open", Text("Hand-overs open", "移送未办结"), _where(lambda each, question: each.is_open),
                state=True, whereabouts=True,
            ),
            Figure(
                "inspections.referrals_late", Text("Hand-overs late", "移送逾期"),
                _where(lambda each, question: each.is_late(question.end)), state=True, whereabouts=True,
            ),
        ),
        order=54,
    )
)  # fmt: skip
