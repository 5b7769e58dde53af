"""The register of a worker's areas: households in walking order, and who lives in them. Nothing of it stands in a log or an address."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from closeknit.kit import citizen_id
from closeknit.kit.sealing import unseal
from closeknit.ledger.models import Event
from closeknit.registry.known import FOUND, canonical
from closeknit.registry.models import Found, Household, Person, RosterRow
from closeknit.registry.roster.person import sex
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.doors import door
from closeknit.sync.assignment.small_parts import marks_key
from closeknit.sync.assignment.wording import base64url

MARK_BYTES = 9
LAST = 2**31 - 1
IN_ORDER = ("position", "code")


@dataclass
class Rows:
    """One area's part, as it goes to the phone."""

    households: list[list[str]] = field(default_factory=list)
    persons: list[list[Any]] = field(default_factory=list)

    def plain(self) -> dict[str, list[list[Any]]]:
        """As JSON has it."""
        return {"households": self.households, "persons": self.persons}

    def codes(self) -> Iterator[str]:
        """All who stand in it, for the trail."""
        yield from (row[0] for row in (*self.households, *self.persons))


def register(assigned: Assigned) -> dict[str, Rows]:
    """Whoever lies in each of the areas, by area. A number of statements that does not grow with the households."""
    parts: dict[str, Rows] = defaultdict(Rows)
    finds = _finds(assigned.codes)
    order: dict[str, int] = {}
    for area, row in (*_households(assigned.codes), *finds.households()):
        order[row[0]] = len(order)
        parts[area].households.append(row)
    key = marks_key(assigned.device)
    people = [*_persons(assigned.codes, key), *finds.persons(key)]
    for _, area, row in sorted(people, key=lambda each: (order.get(each[2][1], LAST), each[0], each[2][0])):
        parts[area].persons.append(row)
    return dict(parts)


def _households(areas: list[str]) -> Iterator[tuple[str, list[str]]]:
    rows = Household.objects.current().filter(area__in=areas).order_by(*IN_ORDER)
    for code, area, personal in rows.values_list("code", "area", "personal"):
        told = unseal(personal, about=f"household|{code}")
        yield area, _household(code, told.get("address", ""), told.get("landmark", ""))


def _household(code: str, address: str, landmark: str, name: str = "") -> list[str]:
    where = door(address)
    return [code, address, landmark, where.building, where.unit, where.floor, where.flat, where.group, name]


Placed = tuple[int, str, list[Any]]  # which row of the roster, area, the person


def _persons(areas: list[str], key: bytes) -> Iterator[Placed]:
    current = Person.objects.current().filter(area__in=areas)
    rows: dict[str, int] = {}
    for code, row in RosterRow.objects.current().filter(person__in=current.values("code")).values_list("person", "row"):
        rows[code] = min(row, rows.get(code, row))
    columns = ("code", "household", "area", "sex", "birth_date", "category", "tags", "personal")
    for code, household, area, is_of_sex, born, category, tags, personal in current.values_list(*columns):
        told = unseal(personal, about=f"person|{code}")
        open_ = {"born": born, "sex": is_of_sex, "category": category, "tags": tags}
        yield rows.get(code, LAST), area, _person(code, household, told, key, open_)


def _person(code: str, household: str, told: Mapping[str, Any], key: bytes, open_: Mapping[str, Any]) -> list[Any]:
    number = told.get("id_no", "")
    reading = citizen_id.read(number)
    born = open_["born"] or reading.birth_date
    return [
        code, household, told.get("name", ""), told.get("phone", ""), _end(reading, number), mark(reading.number, key),
        born.year if born else 0, open_["sex"] or reading.sex, open_["category"], told.get("relation", ""), open_["tags"],
    ]  # fmt: skip


def mark(number: str, key: bytes) -> str:
    """By this a phone that holds the key knows the ID number when it is scanned; empty for none."""
    return base64url(hmac.digest(key, number.encode(), hashlib.sha256)[:MARK_BYTES]) if number else ""


def _end(reading: citizen_id.Reading, text: str) -> str:
    """The last four signs, of a doubtful number as well as long as it looks like one."""
    number = reading.number or (citizen_id.normalise(text) if reading.fault in ("date", "check") else "")
    return number[-4:]


@dataclass(frozen=True)
class _Finds:
    """Those of whom no list knew, without those who proved to be somebody of a roster."""

    rows: list[tuple[str, str, str, str, dict[str, Any]]]  # what, code, household, area, what was said

    def households(self) -> Iterator[tuple[str, list[str]]]:
        for what, code, _, area, told in self.rows:
            if what == "household":
                yield area, _household(code, "", told.get("landmark", ""), told.get("name", ""))

    def persons(self, key: bytes) -> Iterator[Placed]:
        for what, code, household, area, told in self.rows:
            if what == "person":
                born, category = _day(told.get("birth_date", "")), told.get("category", "")
                open_ = {"born": born, "sex": sex(told.get("sex", "")), "category": category, "tags": []}
                yield LAST, area, _person(code, household, told, key, open_)


def _finds(areas: list[str]) -> _Finds:
    rows = list(Found.objects.filter(area__in=areas).order_by("at", "code").values_list("what", "code", "household", "area", "event"))
    said = {event.id: event.told() for event in Event.objects.filter(id__in=[row[4] for row in rows])} if rows else {}
    homes = canonical("household", {code for row in rows for code in (row[1], row[2]) if code})
    names = canonical("person", {row[1] for row in rows})
    standing = []
    for what, code, household, area, event in rows:
        end = (homes if what == "household" else names).get(code, code)
        if end.startswith(FOUND) and event in said:
            standing.append((what, code, homes.get(household, household), area, said[event]))
    return _Finds(standing)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
