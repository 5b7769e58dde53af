"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.care.kinds import HelpClosed, HelpRequested, Referred
from closeknit.measures.helping.requests import Request, referrals, requests
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _requests(pick: Callable[[Request, Question], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        found = question.once("help", lambda: _found(question))
        picked = {each.code: each.asked for each in found if pick(each, question)}
        return CodeRows("event", sorted(picked), picked)

    return rows


def _found(question: Question) -> list[Request]:
    return requests(question.until(HelpRequested).defer("personal", "digest"), until=question.end, as_of=question.as_of)


def _referrals(question: Question) -> CodeRows:
    found = referrals(question.until(Referred).defer("personal", "digest"), until=question.end, as_of=question.as_of)
    waiting = {each.code: each.asked for each in found if each.answer is None}
    return CodeRows("event", sorted(waiting), waiting)


SECTION = section(
    Section(
        "helping",
        Text("Requests for help", "求助事项"),
        (
            Figure("care.help_asked", Text("Requests", "求助"), count(HelpRequested)),
            Figure("care.help_closed", Text("Closed", "办结"), count(HelpClosed)),
            Figure("care.help_open", Text("Open", "未办结"), _requests(lambda each, question: each.closed is None), state=True),
            Figure("care.help_late", Text("Late", "逾期"), _requests(lambda each, question: each.is_late(question.end, question.policy)),
                   state=True),
            Figure("care.referrals_open", Text("Referrals without an answer", "转介未回复"), _referrals, state=True),
        ),
        order=79,
    )
)  # fmt: skip
