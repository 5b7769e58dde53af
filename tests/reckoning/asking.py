"""The product asked and the reckoner asked: of the town and its villages, two windows, as known at the end and in the middle."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from closeknit.ledger.record import record_pushes
from closeknit.ledger.wire import Push
from closeknit.reports.figures import Question, sections
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.town import EAST, GRID, START, TOWN, WEST

Reckon = Callable[[Book, Asked], Mapping[str, Any]]
# Until midnight of the third day; and from ten in the morning to ten in the evening of the first.
WINDOWS = ((START - timedelta(days=1), START + timedelta(days=2, hours=16)), (START + timedelta(hours=2), START + timedelta(hours=14)))


def questions(pushes: Sequence[Record]) -> Iterator[Asked]:
    """What is asked of these pushes: the middle is the moment at which one of them came."""
    middle = pushes[len(pushes) // 2]["received_at"]
    for area in (TOWN, WEST, EAST, GRID):
        for start, end in WINDOWS:
            yield Asked(area, start, end, None)
    for area, window in ((TOWN, 0), (TOWN, 1), (EAST, 0)):
        yield Asked(area, *WINDOWS[window], middle)


def send(pushes: Sequence[Record]) -> None:
    """Brings the pushes in, one by one; none of their records may be refused, but for another content under the same id."""
    for push in pushes:
        for answer in record_pushes([Push(**push)])[0]:
            assert answer.status in ("accepted", "duplicate", "conflict", "waiting"), answer


def differences(measures: Sequence[str], reckon: Reckon, pushes: Sequence[Record], asked_of: Sequence[Record]) -> list[str]:
    """Where the product's figures of these sections are not those of the reckoner. `asked_of`: the pushes that the reckoner has read."""
    book = Book(asked_of)
    lines = []
    for asked in questions(asked_of):
        expected = dict(reckon(book, asked))
        question = Question(asked.area, asked.start, asked.end, asked.as_of)
        told = {each.name: each.rows(question).value() for one in sections() if one.name in measures for each in one.all_figures(question)}
        for name in sorted({*told, *expected}):
            if (name not in told and expected[name]) or name not in expected or (name in told and told[name] != expected[name]):
                lines.append(f"{name} of {asked.area} {asked.start:%d %H}-{asked.end:%d %H} as of {asked.as_of}: "
                             f"told {told.get(name)}, reckoned {expected.get(name)}")  # fmt: skip
    return lines


def disagreements(measures: Sequence[str], reckon: Reckon, day: Day) -> list[str]:
    """The figures on which both do not agree."""
    pushes = day.pushes()
    send(pushes)
    return differences(measures, reckon, pushes, pushes)


def shown_by_a_loss(measures: Sequence[str], reckon: Reckon, day: Day) -> list[str]:
    """The product is not given one record: the figures that differ."""
    pushes = day.pushes()
    before = _all(reckon, pushes)
    lost = next(event["id"] for event in reversed([each[2] for each in day.said]) if _all(reckon, _without(pushes, event["id"])) != before)
    send(_without(pushes, lost))
    return differences(measures, reckon, _without(pushes, lost), pushes)


def without_weight(kinds: Sequence[str], reckon: Reckon, days: Sequence[Day]) -> list[str]:
    """The kinds that move no figure of these days, and the figures that never move: an agreement of nothing with nothing."""
    moving: set[str] = set()
    values: dict[str, set[str]] = {}
    for day in days:
        pushes = day.pushes()
        before = _all(reckon, pushes)
        for told in before:
            for name, value in told.items():
                values.setdefault(name, set()).add(str(value))
        for kind in set(kinds) - moving:
            gone = [{**push, "events": [event for event in push["events"] if event["kind"] != kind]} for push in pushes]
            if _all(reckon, gone) != before:
                moving.add(kind)
    return [*(set(kinds) - moving), *(name for name, seen in values.items() if len(seen) < 2)]


def _all(reckon: Reckon, pushes: Sequence[Record]) -> list[Mapping[str, Any]]:
    book = Book(pushes)
    return [reckon(book, asked) for asked in questions(pushes)]


def _without(pushes: Sequence[Record], lost: str) -> list[Record]:
    return [{**push, "events": [event for event in push["events"] if event["id"] != lost]} for push in pushes]
