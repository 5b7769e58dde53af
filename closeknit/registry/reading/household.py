"""Who lives in a household, of the roster and of those who were found, with what they are known by."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from closeknit.registry.models import Found, Person
from closeknit.registry.reading.names import other_names, told_of


@dataclass(frozen=True)
class Member:
    """Somebody of a household. `told` holds name, ID number and telephone: only for screens that write a reading."""

    code: str
    told: dict[str, Any]
    birth_date: date | None


def members(household: str) -> list[Member]:
    """Who lives in a household: of the roster, and whoever was found in it."""
    names = other_names("household", household)
    listed = [Member(row.code, row.told(), row.birth_date) for row in Person.objects.current().filter(household__in=names).order_by("code")]
    found = list(Found.objects.filter(what="person", household__in=names).order_by("code"))
    told = told_of(found)
    return listed + [Member(each.code, told[each.code], _day(told[each.code].get("birth_date", ""))) for each in found]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
