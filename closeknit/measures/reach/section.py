"""Its part of the daily report: households told, and those that nobody has told."""

from collections import defaultdict
from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.reach.homes import WAYS, Home, View, homes
from closeknit.measures.reach.listing import LEFT, REACHED, WORDS
from closeknit.reports.figures import AlikeRows, Figure, Question, Section, section


def _alike(question: Question) -> dict[frozenset[str], list[Home]]:
    """The households by the ways in which they were reached."""

    def reckon() -> dict[frozenset[str], list[Home]]:
        groups: dict[frozenset[str], list[Home]] = defaultdict(list)
        for home in homes(View(question.area, question.end, question.policy, question.as_of)):
            groups[home.ways].append(home)
        return groups

    return dict(question.once("homes", reckon))


def _where(pick: Callable[[frozenset[str]], bool]) -> Callable[[Question], AlikeRows]:
    return lambda question: AlikeRows("household", [alike for ways, alike in _alike(question).items() if pick(ways)])


def _by(way: str) -> Figure:
    label = Text("Reached by: {way}", "宣传到户：{way}", way=WORDS[way])
    return Figure(f"outreach.reach_{way}", label, _where(lambda ways: way in ways), state=True)


SECTION = section(
    Section(
        "reach",
        Text("Reach by household", "宣传到户"),
        (
            Figure("outreach.reach_due", Text("Households to be told", "应宣传户"), _where(lambda ways: True), state=True),
            Figure("outreach.reach_reached", REACHED, _where(bool), state=True),
            Figure("outreach.reach_gap", LEFT, _where(lambda ways: not ways), state=True),
            *(_by(way) for way in WAYS),
        ),
        order=83,
    )
)
