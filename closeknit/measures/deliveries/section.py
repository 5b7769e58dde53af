"""Its part of the daily report: what is left, by subtraction."""

from collections.abc import Callable
from dataclasses import dataclass

from closeknit.kit.text import Text
from closeknit.measures.deliveries.balances import Balance, balances
from closeknit.measures.supplies.kinds import LineParked
from closeknit.reports.figures import EventRows, Figure, Question, Row, Section, section


@dataclass(frozen=True)
class PackRows:
    """Households' (and persons') packs; the value is the sum of a number of each."""

    packs: list[Balance]
    number: Callable[[Balance], int]

    def value(self) -> int:
        return sum(self.number(each) for each in self.packs)

    def size(self) -> int:
        return len(self.packs)

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        return [self._row(each) for each in self.packs[start:stop]]

    def _row(self, each: Balance) -> Row:
        about = "household" if each.key.household else "person"
        return Row("|".join(each.key), about, each.key.household or each.key.person, each.events[-1], self.number(each), each.key.pack)


def _balances(question: Question) -> list[Balance]:
    made = question.once("balances of packs", lambda: balances(question.area, until=question.end, as_of=question.as_of))
    return sorted(made, key=lambda each: each.key)


def _left(question: Question) -> PackRows:
    return PackRows([each for each in _balances(question) if each.left], lambda each: each.left)


def _over(question: Question) -> PackRows:
    return PackRows([each for each in _balances(question) if each.over], lambda each: each.over)


def _waiting(question: Question) -> PackRows:
    first: dict[tuple[str, str], Balance] = {}
    for each in _balances(question):
        if each.left:
            first.setdefault(each.key[:2], each)
    return PackRows(list(first.values()), lambda each: 1)


def _lines(question: Question) -> EventRows:
    return EventRows(question.until(LineParked, data__settled__isnull=True))


SECTION = section(
    Section(
        "deliveries",
        Text("Deliveries", "物资配送"),
        (
            Figure("supplies.undelivered", Text("Packs to deliver", "待送物资包"), _left, state=True),
            Figure("supplies.households_waiting", Text("Households that wait for packs", "待送户数"), _waiting, state=True),
            Figure("supplies.over_delivered", Text("Packs delivered beyond what was ordered", "多于订购送达"), _over, state=True),
            Figure("supplies.lines_open", Text("Lines of sign-ups to look at", "接龙待核条目"), _lines, state=True),
        ),
        order=76,
    )
)
