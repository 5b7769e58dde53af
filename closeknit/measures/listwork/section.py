"""Its part of the daily report: what was pushed, and how it stands at the end."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.lists.kinds import READS, Pushed, Returned, Standing, Verified, standing_of
from closeknit.reports.figures import AreaRows, CodeRows, EventRows, Figure, Question, Section, section
from closeknit.reports.rows import GroupedRows


def standings(question: Question) -> dict[str, Standing]:
    """How every item stands at the window's end that lies in the area then and was pushed before it."""

    def reckon() -> dict[str, Standing]:
        topics = question.until(*READS).exclude(topic="").values_list("topic", flat=True)
        steps = standing(*READS, as_of=question.as_of).filter(at__lt=question.end, topic__in=set(topics)).defer("personal", "digest")
        found = {topic: standing_of(topic, each) for topic, each in grouped(list(steps), "topic").items()}
        return {topic: each for topic, each in found.items() if each and each.area in question.areas}

    return dict(question.once("list items", reckon))


def _where(pick: Callable[[Standing, Question], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        found = {topic: each for topic, each in standings(question).items() if pick(each, question)}
        return CodeRows("item", sorted(found), {topic: each.last for topic, each in found.items() if each.last})

    return rows


def _pushed(question: Question) -> EventRows:
    return EventRows(question.events(Pushed).exclude(data__has_key="same_as"))


def _repeated(question: Question) -> EventRows:
    return EventRows(question.events(Pushed).filter(data__has_key="same_as"))


def _items(said: type[Verified] | type[Returned]) -> Callable[[Question], GroupedRows]:
    return lambda question: GroupedRows(question.events(said), lambda event: event.topic, "item", lambda event: event.topic)


def _late_units(question: Question) -> AreaRows:
    late: dict[str, Event] = {}
    for each in standings(question).values():
        if each.is_overdue(question.end) and each.last:
            late[each.area] = each.last
    return AreaRows(sorted(late), late)


SECTION = section(
    Section(
        "lists",
        Text("Pushed lists", "推送名单"),
        (
            Figure("lists.pushed", Text("Items pushed", "推送条目"), _pushed),
            Figure("lists.repeated", Text("Pushed again while open", "重复推送"), _repeated),
            Figure("lists.verified", Text("Items verified", "核查条目"), _items(Verified)),
            Figure("lists.returned", Text("Items returned", "退回条目"), _items(Returned)),
            Figure("lists.due", Text("Items in all", "条目总数"), _where(lambda each, asked: True), state=True),
            Figure("lists.matched", Text("Found in the register", "比对在册"), _where(lambda each, asked: bool(each.person)), state=True),
            Figure("lists.doubtful", Text("To be compared", "待比对"), _where(lambda each, asked: each.is_open and each.how == "doubtful"),
                   state=True),
            Figure("lists.open", Text("Open", "未办结"), _where(lambda each, asked: each.is_open), state=True),
            Figure("lists.overdue", Text("Overdue", "超时"), _where(lambda each, asked: each.is_overdue(asked.end)), state=True),
            Figure("lists.closed", Text("Closed", "已办结"), _where(lambda each, asked: not each.is_open), state=True),
            Figure("lists.late_units", Text("Areas with overdue items", "有超时条目的地区"), _late_units, state=True),
        ),
        order=25,
    )
)  # fmt: skip
