"""What is chosen for a zone on the screen: areas of the tree, buildings and single households that were searched for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from closeknit.access.models import Account
from closeknit.access.scope import visible
from closeknit.areas.models import Area
from closeknit.console.records import names
from closeknit.console.records.names import Called
from closeknit.measures.supplies.kinds import building
from closeknit.registry.models import Household, Person
from closeknit.registry.searching import search_persons

MOST_BUILDINGS, MOST_HOMES = 30, 40
LEVELS = 2  # so deep the tree stands open; what lies deeper is searched for
BETWEEN = "|"  # between an area and its building


@dataclass(frozen=True)
class Node:
    """An area of the tree: how deep it lies, how many households it holds, whether it is chosen."""

    code: str
    name: str
    depth: int
    households: int
    chosen: bool


@dataclass(frozen=True)
class Building:
    """A building, or a lane of a village: its households."""

    area: str
    area_name: str
    name: str
    households: tuple[str, ...]

    @property
    def value(self) -> str:
        return f"{self.area}{BETWEEN}{self.name}"


@dataclass
class Picked:
    """What was ticked; `without` are households that the zone leaves out."""

    areas: list[str] = field(default_factory=list)
    buildings: list[str] = field(default_factory=list)
    households: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, posted: QueryDict) -> "Picked":
        """What a form carries."""
        return cls(*(list(dict.fromkeys(posted.getlist(name))) for name in ("areas", "buildings", "households", "without")))

    def all_households(self, account: Account) -> list[str]:
        """The households of single choices and of buildings, as the register has them now; without those that are left out."""
        wanted = {tuple(each.split(BETWEEN, 1)) for each in self.buildings if BETWEEN in each}
        found = buildings(account, {area for area, _ in wanted}) if wanted else []
        inside = [code for each in found if (each.area, each.name) in wanted for code in each.households]
        return [code for code in dict.fromkeys([*self.households, *inside]) if code not in self.without]


def tree(account: Account, area: str, chosen: Iterable[str], words: str = "") -> list[Node]:
    """The area and two levels below it, what is chosen, and what answers to the words, each with the number of households in it."""
    rows = list(Area.objects.below(area).order_by("path").values_list("code", "name", "path"))
    ticked, top = set(chosen), rows[0][2].count("/") if rows else 0
    counts: dict[str, int] = defaultdict(int)
    paths = {code: path for code, _, path in rows}
    homes = visible(Household.objects.current(), account).filter(area__in=Area.objects.below(area).values("code"))
    for lies in homes.values_list("area", flat=True):
        for code in paths[lies].split("/"):
            counts[code] += 1
    return [
        Node(code, name, path.count("/") - top, counts[code], code in ticked)
        for code, name, path in rows
        if path.count("/") - top <= LEVELS or code in ticked or (words and words in name)
    ]


def buildings(account: Account, areas: Iterable[str]) -> list[Building]:
    """The buildings of these areas, by area and name: what the addresses there name."""
    inside: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = visible(Household.objects.current(), account).filter(area__in=list(areas)).order_by("area", "position", "code")
    for home in rows:
        name = building(str(home.told().get("address", "")))
        if name:
            inside[home.area, name].append(home.code)
    called = Area.objects.names({area for area, _ in inside})
    return [Building(area, called.get(area, area), name, tuple(codes)) for (area, name), codes in sorted(inside.items())]


def searched(account: Account, area: str, words: str) -> tuple[list[Building], list[Called]]:
    """The buildings and households below an area that answer to the words: by address, by code, by who lives there."""
    below = list(Area.objects.below(area).values_list("code", flat=True))
    found = [
        each for each in buildings(account, below) if words in (each.name, f"{each.area_name}{each.name}") or each.name in words.split()
    ]
    rows = visible(Household.objects.current(), account).filter(area__in=below).order_by("area", "position", "code")
    by_address = [home.code for home in rows if words in str(home.told().get("address", "")) or home.code == words]
    people = search_persons(words, visible(Person.objects.current(), account).filter(area__in=below), most=MOST_HOMES)
    codes = list(dict.fromkeys([*by_address, *(person.household for person in people)]))[:MOST_HOMES]
    called = names.households(codes, full=names.in_full(account, "registry.record"))
    return found[:MOST_BUILDINGS], [called[code] for code in codes if code in called]
