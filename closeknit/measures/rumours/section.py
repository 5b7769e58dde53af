"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.queries import in_window, standing
from closeknit.measures.rumours.kinds import RumourAnswered, RumourHeard
from closeknit.measures.rumours.standing import Rumour, rumours
from closeknit.reports.figures import CodeRows, EventRows, Figure, Question, Section, section


def _rumours(question: Question) -> list[Rumour]:
    def reckon() -> list[Rumour]:
        return rumours(areas=question.areas, until=question.end, as_of=question.as_of)

    return list(question.once("rumours", reckon))


def _where(pick: Callable[[Rumour, Question], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = {each.code: each.heard for each in _rumours(question) if pick(each, question)}
        return CodeRows("event", sorted(picked), picked)

    return rows


def _answered(question: Question) -> CodeRows:
    known = {each.code for each in _rumours(question)}
    said = in_window(standing(RumourAnswered, as_of=question.as_of), question.start, question.end)
    events = {each.topic: each for each in said.defer("personal", "digest").order_by("at", "id") if each.topic in known}
    return CodeRows("event", sorted(events), events)


def _late(each: Rumour, question: Question) -> bool:
    return each.is_late(question.end, float(question.policy.get("outreach.answer_within_h")))


SECTION = section(
    Section(
        "rumours",
        Text("Rumours", "谣言线索"),
        (
            Figure("outreach.rumours_heard", Text("Heard", "登记线索"),
                   lambda question: EventRows(question.events(RumourHeard, data__same_as__isnull=True))),
            Figure("outreach.rumours_answered", Text("Answered", "已答复"), _answered),
            Figure("outreach.rumours_open", Text("Not answered", "未答复"), _where(lambda each, _: each.answered is None), state=True),
            Figure("outreach.rumours_late", Text("Late", "逾期"), _where(_late), state=True),
        ),
        order=84,
    )
)  # fmt: skip
