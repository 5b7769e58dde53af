"""Its part of the daily report: who has read what was asked, and who has acted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from closeknit.kit.text import Text
from closeknit.measures.directives.said import Issued
from closeknit.measures.directives.standing import Owed, concerning, owed
from closeknit.reports.counting import count
from closeknit.reports.figures import Figure, Question, Section, section
from closeknit.reports.rows import Row


@dataclass(frozen=True)
class Pairs:
    """Directives and recipients; the value is how many pairs there are."""

    pairs: Sequence[Owed]

    def value(self) -> int:
        return len(self.pairs)

    def size(self) -> int:
        return len(self.pairs)

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """A row a pair, with the directive's record."""
        ordered = sorted(self.pairs, key=lambda each: (each.recipient, each.directive.number))
        return [
            Row(f"{each.recipient} {each.directive.number}", "area", each.recipient, each.directive.event) for each in ordered[start:stop]
        ]


def _pairs(pick: Callable[[Owed], bool]) -> Callable[[Question], Pairs]:
    return lambda question: Pairs([each for each in question.once("directives", lambda: _owed(question)) if pick(each)])


def _owed(question: Question) -> list[Owed]:
    every = concerning(question.area, until=question.end, as_of=question.as_of)
    return list(owed(every, question.areas, question.end, question.policy.timezone))


SECTION = section(
    Section(
        "directives",
        Text("Directives", "指令传达"),
        (
            Figure("directives.issued", Text("Issued", "下发指令"), count(Issued)),
            Figure("directives.due", Text("To be read", "应阅知"), _pairs(lambda each: True), state=True),
            Figure("directives.read", Text("Read", "已阅知"), _pairs(lambda each: each.is_read), state=True),
            Figure("directives.unread_late", Text("Not read in time", "逾期未阅"), _pairs(lambda each: each.state == "late"), state=True),
            Figure("directives.to_act", Text("To be carried out", "应落实"), _pairs(lambda each: each.asks_action), state=True),
            Figure("directives.acted", Text("Carried out", "已落实"), _pairs(lambda each: each.state == "acted"), state=True),
            Figure("directives.act_late", Text("Not carried out in time", "逾期未落实"), _pairs(lambda each: each.is_late_to_act),
                   state=True),
        ),
        order=91,
    )
)  # fmt: skip
