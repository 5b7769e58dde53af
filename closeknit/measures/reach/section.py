"""Its part of the daily report: households told, and those that nobody has told."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.reach.homes import WAYS, Home, View, homes
from closeknit.measures.reach.listing import LEFT, REACHED, WORDS
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _homes(question: Question) -> list[Home]:
    view = View(question.area, question.end, question.policy, question.as_of)
    return list(question.once("homes", lambda: homes(view)))


def _where(pick: Callable[[Home], bool]) -> Callable[[Question], CodeRows]:
    return lambda question: CodeRows("household", sorted(each.code for each in _homes(question) if pick(each)))


def _by(way: str) -> Figure:
    label = Text("Reached by: {way}", "宣传到户：{way}", way=WORDS[way])
    return Figure(f"outreach.reach_{way}", label, _where(lambda each: way in each.ways), state=True)


SECTION = section(
    Section(
        "reach",
        Text("Reach by household", "宣传到户"),
        (
            Figure("outreach.reach_due", Text("Households to be told", "应宣传户"), _where(lambda each: True), state=True),
            Figure("outreach.reach_reached", REACHED, _where(lambda each: bool(each.ways)), state=True),
            Figure("outreach.reach_gap", LEFT, _where(lambda each: not each.ways), state=True),
            *(_by(way) for way in WAYS),
        ),
        order=83,
    )
)
