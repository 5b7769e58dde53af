"""What was ordered, delivered and is left, by household (or person, where no household is named) and pack: by subtraction, never stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.supplies.kinds import Closings, Delivered, FellShort, Ordered, open_since
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FOUND, names_as_of
from closeknit.registry.models import Alias, Household, Person

ORDERED, DELIVERED, SHORT = names(Ordered, Delivered, FellShort)


class Key(NamedTuple):
    """Whose packs: a household, or a person of whom no household is named."""

    household: str
    person: str
    pack: str


@dataclass
class Balance:
    """One household's (or person's) packs of one sort. area: where it lies; rounds: what was ordered by the day of its round."""

    key: Key
    area: str
    ordered: int = 0
    delivered: int = 0
    short: int = 0
    why: str = ""
    paid: str = ""
    orders: list[tuple[datetime, int]] = field(default_factory=list)
    rounds: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    last: datetime | None = None
    events: list[Event] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What is still to come."""
        return max(0, self.ordered - self.delivered)

    @property
    def over(self) -> int:
        """What came and nobody had ordered."""
        return max(0, self.delivered - self.ordered)

    @property
    def since(self) -> datetime | None:
        """When the oldest order was made of which something is left."""
        return open_since(self.orders, self.delivered)


@dataclass(frozen=True)
class People:
    """Households and persons with the area where they lie, as known at a time, and the codes for which other names stand."""

    area: str
    as_of: datetime | None = None
    below: frozenset[str] = frozenset()

    @classmethod
    def of(cls, area: str, as_of: datetime | None = None) -> "People":
        """Those who lie in an area or below it."""
        return cls(area, as_of, frozenset(Area.objects.below(area, as_of).values_list("code", flat=True)))

    def about(self) -> Q:
        """The records that may be about them: by their codes and other names."""
        found = [code for code, area in self._finds().items() if area in self.below]
        said = Q()
        for reference, model in (("household", Household), ("person", Person)):
            here: QuerySet[Any] = model.objects.as_of(self.as_of).filter(area__in=self._areas()).values("code")
            others = Alias.objects.filter(Q(canonical__in=here) | Q(canonical__in=found), reference=reference).values("code")
            alone = Q(household="") if reference == "person" else Q()
            meant = (Q(**{f"{reference}__in": codes}) for codes in (here, others, found))
            said |= alone & reduce(or_, meant)
        return said

    def _finds(self) -> dict[str, str]:
        """Where those were found whom no roster knows."""
        return {f"{FOUND}{topic}": area for topic, area in standing(FoundSaid, as_of=self.as_of).values_list("topic", "area")}

    def _areas(self) -> QuerySet[Any]:
        return Area.objects.below(self.area, self.as_of).values("code")

    def homes(self, reference: str, codes: Iterable[str]) -> dict[str, str]:
        """Where these lie: in the register; of who stands in none where they were found."""
        model = Household if reference == "household" else Person
        wanted = sorted(set(codes) - {""})
        finds = self._finds() if any(code.startswith(FOUND) for code in wanted) else {}
        found = {code: finds[code] for code in wanted if code in finds}
        for start in range(0, len(wanted), 5_000):
            rows = model.objects.as_of(self.as_of).filter(code__in=wanted[start : start + 5_000])
            found.update(rows.values_list("code", "area"))
        return found


def balances(area: str, *, until: datetime | None = None, as_of: datetime | None = None, closings: Closings | None = None) -> list[Balance]:
    """The packs of everybody who lies in an area, from the standing records before `until`, as known at `as_of`."""
    people = People.of(area, as_of)
    events = standing(Ordered, Delivered, FellShort, as_of=as_of).filter(people.about()).defer("personal", "digest")
    rows = sorted(events.filter(at__lt=until) if until else events, key=lambda event: event.order)
    others = {reference: names_as_of(reference, as_of) for reference in ("household", "person")}
    whose = [_whose(event, others) for event in rows]
    homes = {
        "household": people.homes("household", {household for household, _ in whose}),
        "person": people.homes("person", {person for _, person in whose}),
    }
    made: dict[Key, Balance] = {}
    for event, (household, person) in zip(rows, whose, strict=True):
        lies_in = homes["household" if household else "person"].get(household or person, event.area)
        if lies_in not in people.below:
            continue
        key = Key(household, person, event.data["pack"])
        _add(made.setdefault(key, Balance(key, lies_in)), event, closings)
    return list(made.values())


def _whose(event: Event, others: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    household = others["household"].get(event.household, event.household)
    return household, "" if household else others["person"].get(event.person, event.person)


def _add(balance: Balance, event: Event, closings: Closings | None) -> None:
    quantity = event.data["quantity"]
    if event.kind == SHORT:
        balance.short += quantity
        balance.why = event.data["why"]
    elif event.kind == DELIVERED:
        balance.delivered += quantity
        balance.last = event.at
        balance.why = ""
    else:
        balance.ordered += quantity
        balance.orders.append((event.at, quantity))
        if closings is not None:
            balance.rounds[closings.day(balance.area, event.at)] += quantity
    balance.paid = event.data.get("paid") or balance.paid
    balance.events.append(event)
