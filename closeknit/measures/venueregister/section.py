"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.venueregister.entrances import Entrance, entrances, venues
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _found(question: Question) -> list[Entrance]:
    def reckon() -> list[Entrance]:
        found = entrances(venues(question.area, question.policy, question.as_of), question.end, question.as_of)
        return [each for each in found if each.is_set]

    return list(question.once("entrances", reckon))


def _where(pick: Callable[[Entrance], bool]) -> Callable[[Question], CodeRows]:
    return lambda question: CodeRows("place", [each.place.code for each in _found(question) if pick(each)])


def _venues(question: Question) -> CodeRows:
    return CodeRows("place", sorted({each.place.code for each in _found(question)}))


def _figure(name: str, label: Text, pick: Callable[[Entrance], bool]) -> Figure:
    return Figure(name, label, _where(pick), state=True)


SECTION = section(
    Section(
        "venueregister",
        Text("Register of venues", "场所登记"),
        (
            Figure("venues.registered", Text("Venues", "登记场所"), _venues, state=True),
            _figure("venues.entrances", Text("Entrances", "出入口"), lambda each: True),
            _figure("venues.posted", Text("Code posted", "已张贴登记码"), lambda each: each.posted is True),
            _figure("venues.not_posted", Text("Code not posted", "未张贴登记码"), lambda each: each.posted is not True),
            _figure("venues.by_hand", Text("Way in without a phone", "设有无手机通道"), lambda each: each.by_hand is True),
            _figure("venues.not_by_hand", Text("No way in without a phone", "未设无手机通道"), lambda each: each.by_hand is False),
        ),
        order=51,
        feature="venue_code",
    )
)
