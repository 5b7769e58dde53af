"""Finding oneself in a card's household: by the name, four signs of the ID number, and a second thing that stands on no card."""

import hmac
from dataclasses import dataclass

from closeknit.measures.residents.kinds import Visitor
from closeknit.paper.cards import tries
from closeknit.registry.reading.household import Member, members
from closeknit.registry.searching import plain

ENDS = 4


def secrets(one: Member) -> set[str]:
    """Each pair that proves who somebody is: the end of the ID, then the birthday or the end of a telephone."""
    end = plain(str(one.told.get("id_no", ""))).upper()[-ENDS:]
    phones = [plain(phone)[-ENDS:] for phone in str(one.told.get("phone", "")).split(";")]
    born = [one.birth_date.strftime("%m%d")] if one.birth_date else []
    return {f"{end}|{second}" for second in (*born, *phones) if len(end) == len(second) == ENDS}


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
    right = [each.code for each in of_name for secret in secrets(each) if hmac.compare_digest(secret.encode(), said)]
    if not right:
        return Answered(meant=meant)
    granted.right()
    return Answered(person=right[0], meant=right[0])
