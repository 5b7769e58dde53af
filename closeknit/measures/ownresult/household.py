"""Finding oneself in a card's household: by the name, four signs of the ID number, and a second thing that stands on no card."""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from closeknit.measures.residents.kinds import Visitor
from closeknit.paper.cards import tries
from closeknit.registry.models import Found, Person
from closeknit.registry.reading.names import other_names, told_of
from closeknit.registry.searching import plain

ENDS = 4


@dataclass(frozen=True)
class Member:
    """Somebody of the household, with what they are known by."""

    code: str
    told: dict[str, Any]
    birth_date: date | None

    @property
    def secrets(self) -> set[str]:
        """Each pair that proves who they are: the end of the ID, then the birthday or the end of a telephone."""
        end = plain(str(self.told.get("id_no", ""))).upper()[-ENDS:]
        phones = [plain(phone)[-ENDS:] for phone in str(self.told.get("phone", "")).split(";")]
        born = [self.birth_date.strftime("%m%d")] if self.birth_date else []
        return {f"{end}|{second}" for second in (*born, *phones) if len(end) == len(second) == ENDS}


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


@dataclass(frozen=True)
class Answered:
    """What became of a try. person: who it is, where all was right; meant: whose name was given; shut: the day's tries are used up."""

    person: str = ""
    meant: str = ""
    shut: bool = False


def prove(visitor: Visitor, name: str, end: str, second: str) -> Answered:
    """Who of the household it is. The same work and the same answer for a name that nobody there bears."""
    of_name = [each for each in members(visitor.household) if plain(str(each.told.get("name", ""))) == plain(name)]
    meant = of_name[0].code if of_name else ""
    granted = tries.spend(visitor.household, name, area=visitor.area, person=meant)
    if granted is None:
        return Answered(meant=meant, shut=True)
    said = f"{plain(end).upper()}|{plain(second)}".encode()
    right = [each.code for each in of_name for secret in each.secrets if hmac.compare_digest(secret.encode(), said)]
    if not right:
        return Answered(meant=meant)
    granted.right()
    return Answered(person=right[0], meant=right[0])
