"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.liaison.kinds import Logged
from closeknit.measures.liaison.standing import logs
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _open(question: Question) -> CodeRows:
    found = logs(question.until(Logged).defer("personal", "digest"), until=question.end, as_of=question.as_of)
    picked = {each.code: each.event for each in found if each.is_open}
    return CodeRows("event", sorted(picked), picked)


SECTION = section(
    Section(
        "liaison",
        Text("Liaison", "联络协调"),
        (
            Figure("liaison.logged", Text("Log entries", "联络日志"), count(Logged)),
            Figure("liaison.problems_open", Text("Open problems of groups", "专班未解决问题"), _open, state=True),
        ),
        order=95,
    )
)
