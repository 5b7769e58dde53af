"""Entering judged roster rows into the register: versions of persons and households, other names, and what follows when somebody moved."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from closeknit.kit.folding import fold
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import refold_names
from closeknit.ledger.record import lock, rejudge
from closeknit.registry.entries import household_row, person_row
from closeknit.registry.large.filling import fill
from closeknit.registry.models import Alias, Found, Household, Import, Person, RosterRow, SearchWords
from closeknit.registry.roster.verdict import Verdict
from closeknit.registry.searching import Findable, index_persons, words

CHUNK = 4000


def wait_for_others() -> None:
    """Waits until nobody else writes to the register; the others wait until this transaction ends. The first import is the gate; while
    there is none the ledger's clock is. Whoever needs both takes this gate first: else two would wait for each other."""
    if not _gate():
        lock()
        _gate()


def _gate() -> Import | None:
    first: Import | None = Import.objects.select_for_update().order_by("learned_at", "id").first()
    return first


@dataclass
class Held:
    """What the register held before: each person's digest and household, each household's area, and the names that imports merged."""

    persons: dict[str, tuple[bytes, str]]
    households: dict[str, str]
    aliases: dict[str, str]

    @classmethod
    def of(cls, persons: Sequence[str] | None = None, households: Sequence[str] | None = None) -> "Held":
        """All of it; with codes, only what these are."""
        people, homes = Person.objects.current(), Household.objects.current()
        names = Alias.objects.filter(withdrawn_at=None, reference="person", event=None)
        if persons is not None and households is not None:
            people, homes, names = people.filter(code__in=persons), homes.filter(code__in=households), names.filter(code__in=persons)
        rows = people.values_list("code", "digest", "household").iterator(chunk_size=CHUNK)
        return cls(
            persons={code: (bytes(digest), household) for code, digest, household in rows},
            households=dict(homes.values_list("code", "area")),
            aliases=dict(names.values_list("code", "canonical")),
        )


@dataclass
class Entering:
    """One import, or one mending, on its way into the register. `finish()` brings everything else up to date. now: when what is entered
    next was learned; an import of several transactions moves it on."""

    held: Held
    now: datetime
    by_import: Sequence[Any] = ()
    changes: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)
    lies: dict[str, tuple[str, str]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    positions: Counter[str] = field(default_factory=Counter)
    same_as: dict[str, str] = field(default_factory=dict)
    prepared: dict[str, tuple[dict[str, Any], str, Verdict]] = field(default_factory=dict)
    had_persons: bool = False
    began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.now
        self.had_persons = self.had_persons or bool(self.held.persons)

    def enter(self, verdicts: Sequence[Verdict]) -> None:
        """Writes what these rows say: persons, households, other names; judges again what waited for them, folds again who was renamed.
        Parked rows say nothing."""
        placed = [verdict for verdict in verdicts if verdict.person]
        learned = self._persons([verdict for verdict in placed if verdict.status != "merged"])
        self._merged_away([verdict for verdict in placed if verdict.status == "merged"])
        learned += self._households(placed)
        renamed = self._aliases(placed)
        rejudge([*learned, *renamed])  # holds the ledger from here on
        if renamed and (self.had_persons or Event.objects.exclude(person="").exists()):  # people record while a first list is read
            refold_names("person", renamed)

    def prepare(self, verdicts: Sequence[Verdict]) -> None:
        """Encrypts what `enter` is about to write: this needs no lock, so an import does it before it takes one."""
        for each in verdicts:
            whom = each.person
            if whom is None or each.status == "merged" or each.change not in ("new", "changed"):
                continue
            if whom.code not in self.prepared or self.prepared[whom.code][2] is not each:
                said = words(Findable(whom.name, each.cells.get("id_no", ""), whom.phone, whom.address))
                self.prepared[whom.code] = (person_row(whom, each), said, each)

    def keep_codes(self, verdicts: Sequence[Verdict], stood: Mapping[tuple[str | None, int], str]) -> list[Verdict]:
        """The verdicts, where a row without a code of its own that was put right keeps the code under which its person is known.
        `stood` gives the person who stood at a sheet's row before."""
        if not self.had_persons:
            return list(verdicts)
        new = [each for each in verdicts if each.person and each.change == "new" and "code" not in each.cells]
        if new:
            told = {verdict.person.code for verdict in verdicts if verdict.person}
            here = self._doubtful(told, new, stood)
            for each in new if here else ():
                self._find_before(each, stood.get((each.sheet, each.row), ""), here)
        return [self._renamed(verdict) for verdict in verdicts] if self.same_as else list(verdicts)

    def _doubtful(self, told: Set[str], new: Sequence[Verdict], stood: Mapping[tuple[str | None, int], str]) -> dict[str, Person]:
        """Persons without a valid ID who live where these rows do or stood there before, and of whom the import has not told."""
        persons = Person.objects.current().exclude(doubt="")
        homes = frozenset(each.household for each in new)
        before = frozenset(code for each in new if (code := stood.get((each.sheet, each.row))))
        here = {each.code: each for each in (*persons.filter(household__among=homes), *persons.filter(code__among=before))}
        return {code: each for code, each in here.items() if code not in told and code not in self.told}

    def _find_before(self, verdict: Verdict, stood: str, here: dict[str, Person]) -> None:
        assert verdict.person is not None
        name = fold(verdict.person.name)
        for code, person in here.items():
            if (code == stood or person.household == verdict.household) and fold(person.told().get("name", "")) == name:
                self.same_as[verdict.person.code] = code
                del here[code]
                return

    def _renamed(self, verdict: Verdict) -> Verdict:
        person, canonical = verdict.person, self.same_as.get(verdict.canonical or "", verdict.canonical)
        if person is None or (person.code not in self.same_as and canonical == verdict.canonical):
            return verdict
        code = self.same_as.get(person.code, person.code)
        household, change = verdict.household, verdict.change
        if change == "new" and code in self.held.persons:
            change = "changed"
            household = self.held.persons[code][1] if not {"household", "address"} & verdict.cells.keys() else household
        told = msgspec.structs.replace(person, code=code, household=household)
        return msgspec.structs.replace(verdict, person=told, household=household, canonical=canonical, change=change)

    def _persons(self, verdicts: Sequence[Verdict]) -> list[str]:
        told = {each.person.code: each for each in verdicts if each.person and each.change in ("new", "changed")}
        for code, each in told.items():
            home = self.held.persons.get(code, (b"", ""))[1]
            if home and home != each.household:
                self.left.add(home)
            self.held.persons[code] = (each.digest, each.household)
            self.changes[each.change] += 1
        self.prepare(list(told.values()))
        among = Person.objects.current().filter(code__among=told.keys())  # also who was entered by somebody since the import began
        stood = frozenset(among.values_list("code", flat=True))
        Person.objects.current().filter(code__among=stood).update(retired_at=self.now)
        rows = {code: self.prepared[code][0] for code in told}
        fill(Person, list(rows.values()), learned_at=self.now)
        index_persons({code: self.prepared[code][1] for code in told}, replace=stood)
        self.prepared.clear()
        self.told |= {each.person.code for each in verdicts if each.person}
        self._cure({code: row["id_index"] for code, row in rows.items()})
        return list(told)

    def _cure(self, told: Mapping[str, bytes | None]) -> None:
        """Rows of earlier files that could not be placed, or were doubtful, give way to what is told of the same person now: `told` gives
        the blind index of each one's ID, None where it is not valid."""
        if not self.had_persons or not told:
            return
        rows = RosterRow.objects.current().exclude(brought_by__in=self.by_import)
        cured = rows.filter(status__in=("parked", "doubtful"), person__among=told.keys()).update(retired_at=self.now)
        cured += rows.filter(status="parked", id_index__among=frozenset(told.values()) - {None}).update(retired_at=self.now)
        if cured:
            self.changes["cured"] += cured

    def _merged_away(self, verdicts: Sequence[Verdict]) -> None:
        """Somebody who stood in the register by themselves and proves to be another one stands there no longer."""
        gone = [each.person.code for each in verdicts if each.person and each.person.code != each.canonical]
        gone = [code for code in gone if code in self.held.persons and code not in self.told]
        if gone:
            self.left |= {self.held.persons.pop(code)[1] for code in gone}
            Person.objects.current().filter(code__among=frozenset(gone)).update(retired_at=self.now)
            SearchWords.objects.filter(person__among=frozenset(gone)).delete()

    def _households(self, verdicts: Sequence[Verdict]) -> list[str]:
        rows, unheld = [], {each.household for each in verdicts} - self.held.households.keys()
        self.held.households.update(Household.objects.current().filter(code__among=unheld).values_list("code", "area"))  # entered meanwhile
        for verdict in verdicts:
            assert verdict.person is not None
            if verdict.household in self.held.households:
                if self.had_persons and verdict.household not in self.made:
                    self.lies.setdefault(verdict.household, (verdict.area, verdict.person.address))
            else:
                self.made.add(verdict.household)
                self.held.households[verdict.household] = verdict.area
                self.positions[verdict.area] += 1
                rows.append(household_row(verdict.household, verdict.area, self.positions[verdict.area], verdict.person.address, self.now))
        fill(Household, rows)
        return [row["code"] for row in rows]

    def _aliases(self, verdicts: Sequence[Verdict]) -> list[str]:
        meant: dict[str, str] = {}
        for verdict in verdicts:
            assert verdict.person is not None
            own = verdict.person.code
            canonical = verdict.canonical if verdict.status == "merged" and verdict.canonical != own else None
            if canonical and own not in self.told:
                meant.setdefault(own, canonical)
            elif verdict.status != "merged" and own in self.held.aliases:
                meant[own] = ""
        changed = {own: canonical for own, canonical in meant.items() if self.held.aliases.get(own, "") != canonical}
        stale = changed.keys() & self.held.aliases.keys()
        Alias.objects.filter(code__among=stale, reference="person", event=None, withdrawn_at=None).update(withdrawn_at=self.now)
        for own, canonical in changed.items():
            self.held.aliases.pop(own, None)
            if canonical:
                self.held.aliases[own] = canonical
        fill(Alias, [_alias(own, canonical, self.now) for own, canonical in changed.items() if canonical])
        return list(changed)

    def finish(self) -> None:
        """Retires households that nobody is left in, and moves those that moved."""
        self._retire_left()
        self._move_households()

    def _retire_left(self) -> None:
        if not self.left:
            return
        lived_in = {
            *Person.objects.current().filter(household__among=self.left).values_list("household", flat=True),
            *RosterRow.objects.current().filter(status="merged", household__among=self.left).values_list("household", flat=True),
            *Found.objects.filter(household__among=self.left).values_list("household", flat=True),
        }
        empty = self.left - lived_in
        self.changes["households_left"] += Household.objects.current().filter(code__among=empty).update(retired_at=self.now)

    def _move_households(self) -> None:
        """A household whose people all lie elsewhere now lies where the first of its rows says; its address is that row's."""
        if not self.had_persons:
            return
        codes = list(self.lies)
        for start in range(0, len(codes), CHUNK):
            self._move(codes[start : start + CHUNK])

    def _move(self, codes: Sequence[str]) -> None:
        stood = list(Household.objects.current().filter(code__among=frozenset(codes), learned_at__lt=self.began))
        told_areas: dict[str, set[str]] = {}
        lived_in = Person.objects.current().filter(household__among=frozenset(home.code for home in stood))
        for household, area in lived_in.values_list("household", "area").distinct():
            told_areas.setdefault(household, set()).add(area)
        for home in stood:
            area, address = self.lies[home.code]
            moved = home.area not in told_areas.get(home.code, {home.area})
            personal = home.told()
            if not moved and (not address or personal.get("address", "") == address):
                continue
            Household.objects.filter(id=home.id).update(retired_at=self.now)
            home_row = household_row(home.code, area if moved else home.area, home.position, address, self.now, kept=personal)
            fill(Household, [home_row])
            self.changes["households_moved"] += moved


def _alias(own: str, canonical: str, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid7(), "reference": "person", "code": own, "canonical": canonical,
        "learned_at": now, "withdrawn_at": None, "event": None,
    }  # fmt: skip
