"""One line of a delivery list: a household (or a person of whom no household is named) with all its packs, in walking order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from closeknit.areas.models import Area
from closeknit.console.parts import Badge
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Look
from closeknit.measures.deliveries.balances import Balance, balances
from closeknit.measures.supplies.kinds import Closings, Pack, Payment, Short, building, storey
from closeknit.registry.models import Household, Person

MARKS = {"immobile": Text("cannot move easily", "行动不便"), "living_alone": Text("lives alone", "独居")}
WHY = {each.value: each.label for each in Short}
STATES = {
    "left": Text("To deliver", "待送"), "late": Text("Late", "超时未送"), "done": Text("Delivered", "已送达"),
    "over": Text("More than ordered", "多于订购"), "all": Text("All", "全部"),
}  # fmt: skip


def seen(look: Look) -> tuple[Closings, list[Balance]]:
    """When orders close in the board's area, and the packs of everybody who lies there: reckoned once for all its rules."""
    closings = look.once("closings", lambda: Closings.of(look.area.code, look.as_of))
    known = {"until": look.now, "as_of": look.as_of, "closings": closings}
    return closings, look.once("packs", lambda: balances(look.area.code, **known))


@dataclass
class Line:
    """One row of the list. `late_at`: from when on it is late; None where nothing is left."""

    household: str
    person: str
    area: str
    area_name: str
    address: str
    position: int
    packs: list[Balance]
    known: Mapping[str, Pack]
    late_at: datetime | None
    now: datetime
    called: Called | None = None
    marks: tuple[Text, ...] = ()
    presses: "Presses | None" = None

    @property
    def code(self) -> str:
        return self.household or self.person

    @cached_property
    def building(self) -> str:
        """Its building or lane, by which deliveries are made."""
        return building(self.address)

    @cached_property
    def way(self) -> tuple[Any, ...]:
        """Its place on the way: by area, building, entrance and flat; where the address names none, in the register's order."""
        return (self.area, not self.building, storey(self.address)[:3] if self.building else (), self.position, self.code)

    @property
    def since(self) -> datetime | None:
        """When the oldest order was made of which something is left."""
        return min((each.since for each in self.packs if each.since), default=None)

    @property
    def left(self) -> int:
        return sum(each.left for each in self.packs)

    @property
    def state(self) -> str:
        if any(each.over for each in self.packs):
            return "over"
        if not self.left:
            return "done"
        return "late" if self.late_at and self.now >= self.late_at else "left"

    @property
    def urgency(self) -> tuple[Any, ...]:
        """In the order of STATES, then of the way."""
        return (list(STATES).index(self.state), self.way)

    @property
    def badge(self) -> Badge:
        tone = {"left": "info", "late": "bad", "done": "good", "over": "watch"}[self.state]
        return Badge(STATES[self.state], tone)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return state == "all" or (state == "left" and self.left > 0) or self.state == state

    @property
    def name(self) -> str:
        return (self.called.name if self.called else "") or str(names.code_words(self.code))

    @property
    def url(self) -> str:
        """The page of the household or person."""
        if self.household:
            return links.to("register.household", code=self.household)
        return links.to("register.person", code=self.person)

    def said(self, number: str) -> str:
        """The packs with one of their numbers: ordered, delivered, left, over, short."""
        return "、".join(f"{self._label(each)} {value}" for each in self.packs if (value := getattr(each, number)))

    def _label(self, balance: Balance) -> str:
        pack = self.known.get(balance.key.pack)
        return str(pack.label) if pack else balance.key.pack

    @property
    def why_short(self) -> str:
        """What did not come the last time, and why."""
        return "、".join(f"{self._label(each)} {each.short}：{WHY.get(each.why, '')}" for each in self.packs if each.why)

    @property
    def owed(self) -> float:
        """What is still to be paid of all that was ordered, in yuan."""
        prices = ((each, self.known[each.key.pack].price or 0) for each in self.packs if each.key.pack in self.known)
        return sum(price * each.ordered for each, price in prices if each.paid not in (Payment.PAID, Payment.FREE))

    @property
    def payment(self) -> Text | None:
        """Paid, free, or how much is owed; nothing where no price is known."""
        if self.owed:
            return Text("{n} yuan owed", "未付 {n} 元", n=f"{self.owed:g}")
        if any(each.paid == Payment.PAID for each in self.packs):
            return Payment.PAID.label
        known = [self.known[each.key.pack].price for each in self.packs if each.key.pack in self.known]
        free = any(each.paid == Payment.FREE for each in self.packs) or any(price == 0 for price in known)
        return Payment.FREE.label if free else None


@dataclass(frozen=True)
class Presses:
    """A row's buttons: one press records that all that is left has come. `base`: from it the ids of the records follow."""

    line: Line
    deliver: str
    short: str
    part: str
    back: str
    base: UUID
    template: ClassVar[str] = "deliveries/presses.html"


def lines(made: Iterable[Balance], known: Mapping[str, Pack], closings: Closings, now: datetime) -> list[Line]:
    """The lines of these balances in walking order; three statements, and a decryption a household."""
    grouped: dict[tuple[str, str], list[Balance]] = defaultdict(list)
    for balance in made:
        grouped[balance.key.household, balance.key.person].append(balance)
    people = {person for household, person in grouped if person}
    homes = dict(Person.objects.current().filter(code__in=people).values_list("code", "household")) if people else {}
    codes = {household for household, _ in grouped if household} | set(homes.values())
    rows = {row.code: row for row in _households(sorted(codes))}
    areas = Area.objects.names({each[0].area for each in grouped.values()})
    hours = closings.pack.get("supplies.undelivered_after_h")
    found = []
    for (household, person), its in grouped.items():
        row, area = rows.get(household or homes.get(person, "")), its[0].area
        address = str(row.told().get("address", "")) if row else ""
        since = min((each.since for each in its if each.since), default=None)
        late_at = late(closings, area, since, float(hours)) if since else None
        its.sort(key=lambda each: each.key.pack)
        found.append(Line(household, person, area, areas.get(area, area), address, row.position if row else 0, its, known, late_at, now))
    return sorted(found, key=lambda line: line.way)


def _households(codes: list[str]) -> Iterable[Household]:
    for start in range(0, len(codes), 5_000):
        yield from Household.objects.current().filter(code__in=codes[start : start + 5_000])


def late(closings: Closings, area: str, since: datetime, hours: float) -> datetime:
    """From when on an order is late: so many hours after its round has closed."""
    return closings.closes(area, closings.day(area, since)) + timedelta(hours=hours)


def dressed(shown: list[Line], *, full: bool) -> list[Line]:
    """The lines of one page with names and marks; a few statements, however many lines."""
    households = {line.household for line in shown if line.household}
    persons = {line.person for line in shown if line.person}
    called = {**names.households(households, full=full), **(names.persons(persons, full=full) if persons else {})}
    tags: dict[str, set[str]] = defaultdict(set)
    for code, household, marked in Person.objects.current().filter(household__in=households).values_list("code", "household", "tags"):
        tags[household].update(marked)
        tags[code].update(marked)
    for line in shown:
        line.called = called.get(line.code)
        line.marks = tuple(label for mark, label in MARKS.items() if mark in tags[line.code])
    return shown
