"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.stock.levels import places
from closeknit.measures.supplies.kinds import Level, levels
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _levels(question: Question) -> list[Level]:
    def reckon() -> list[Level]:
        return levels(places(question.area, question.as_of), until=question.end, as_of=question.as_of)

    return list(question.once("stock", reckon))


def _where(pick: Callable[[Level], bool]) -> Callable[[Question], CodeRows]:
    return lambda question: CodeRows("place", [each.place for each in _levels(question) if pick(each)])


SECTION = section(
    Section(
        "stock",
        Text("Stock", "物资库存"),
        (
            Figure("supplies.stock_items", Text("Items at places", "在库物资项数"), _where(lambda level: level.stock > 0), state=True),
            Figure(
                "supplies.stock_low", Text("Items below their minimum", "低于最低库存"), _where(lambda level: level.lacks > 0), state=True
            ),
            Figure("supplies.stock_negative", Text("Items below zero", "账面为负"), _where(lambda level: level.is_below_zero), state=True),
        ),
        order=77,
    )
)
