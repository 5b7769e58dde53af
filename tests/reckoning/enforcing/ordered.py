"""What is ordered until an hour, changed by a later order and lifted: a zone or a control, reckoned from its records."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import START

LAW = {"basis": "《传染病防治法》第四十二条", "authority": "镇指挥部"}


def a_span(day: Day) -> Record:
    """From when until when an order holds: some are over, some are still to come."""
    begins = START + timedelta(hours=day.random.randrange(-20, 66))
    return {"from_at": begins.isoformat(), "until_at": (begins + timedelta(hours=day.one(6, 30, 90))).isoformat()}


class Ordered:
    """A zone or a control as it stands at a moment: its orders, the one that counts, and whether it holds."""

    def __init__(self, said: list[Entry], kind: str, at: datetime) -> None:
        self.orders = [each for each in said if each.kind == f"{kind}.ordered"]
        lifts = [each for each in said if each.kind == f"{kind}.lifted"]
        valid = [each for each in self.orders if not any(lift.order > each.order for lift in lifts)]
        self.counts = next((each for each in reversed(valid) if moment(each, "from_at") <= at), None)
        self.in_force = self.counts is not None and at < moment(self.counts, "until_at")
        ended = [moment(self.counts, "until_at")] if self.counts and not self.in_force else []
        self.changed = max([*(each.when for each in (*self.orders, *lifts)), *ended])
        self.order = self.counts or self.orders[-1]


def moment(order: Entry, name: str) -> datetime:
    """One of the two times of an order."""
    return datetime.fromisoformat(order.data[name])


def ordered(book: Book, asked: Asked, kind: str, number: str) -> Iterator[tuple[str, Ordered]]:
    """Each zone or control of which an order stands, by its number."""
    said = book.until(asked, f"{kind}.ordered", f"{kind}.lifted")
    for code in {each.data[number] for each in said if each.kind == f"{kind}.ordered"}:
        yield code, Ordered([each for each in said if each.data[number] == code], kind, asked.end)


def near(area: str, other: str) -> bool:
    """Whether one of two areas is the other or lies below it."""
    return lies_in(area, other) or lies_in(other, area)
