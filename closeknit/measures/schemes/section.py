"""Its part of the daily report: the items of the templates taken, and those that are not done."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.schemes.standing import Item, in_use
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _items(pick: Callable[[Item], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        found = question.once("schemes", lambda: in_use(question.area, until=question.end, as_of=question.as_of))
        picked = {
            f"{each.event.area} {each.event.topic} {item.part} {item.name}": item.said or each.event
            for each in found for item in each.items if pick(item)
        }  # fmt: skip
        return CodeRows("event", sorted(picked), picked)

    return rows


SECTION = section(
    Section(
        "schemes",
        Text("Templates of organisation", "工作模式"),
        (
            Figure("schemes.items", Text("Items", "事项"), _items(lambda item: True), state=True),
            Figure("schemes.items_open", Text("Not done", "未落实"), _items(lambda item: item.is_open), state=True),
        ),
        order=96,
    )
)
