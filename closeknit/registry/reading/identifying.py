"""Who of the register the rows of a list mean, many at once: exact, folded, or in doubt; never on a name alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.db.models import QuerySet

from closeknit.kit import citizen_id
from closeknit.kit.folding import fold, name_pinyin
from closeknit.kit.sealing import blind
from closeknit.registry.models import Household, Person, SearchToken
from closeknit.registry.roster.person import phones
from closeknit.registry.searching import ENDS, plain, token

How = Literal["exact", "folded", "doubtful", "none"]
MOST = 5  # candidates of a row that a person compares
SHORTEST_ADDRESS = 4
_CUT = re.compile(r"(\d)\.?(\d*)E\+?\d+")


@dataclass(frozen=True)
class Whom:
    """Somebody as a row of a list names them; `area` is the area in which the row says that they live, where it does."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    address: str = ""
    area: str = ""

    @cached_property
    def number(self) -> str:
        """The ID number, where it is valid."""
        return citizen_id.read(self.id_no).number if self.id_no else ""

    @cached_property
    def phones(self) -> frozenset[str]:
        """The telephones as they are dialled."""
        return frozenset(filter(None, phones(self.phone).split(";"))) if self.phone else frozenset()

    @cached_property
    def said(self) -> str:
        """The name as it sounds."""
        return plain(name_pinyin(self.name).full) if self.name else ""


@dataclass(frozen=True)
class Identified:
    """How sure it is, and who it is: one person where it is exact or folded, those to be compared where it is doubtful."""

    how: How
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True)
class _Known:
    """Somebody of the register, decrypted."""

    person: Person
    whom: Whom


def identify(whoms: Sequence[Whom], among: QuerySet[Person]) -> list[Identified]:
    """For each who of `among` it is; a few statements, however many rows. Exact: the same valid ID and no other name. Folded: the same
    name (traditional, wide, or by its sound) with the same telephone, address, or beginning of an ID that was cut."""
    by_id = _by_id({each.number for each in whoms} - {""}, among)
    rest = [each for each in whoms if not by_id.get(each.number)]
    known, by_token = _candidates(rest, among)
    homes = _homes(known.values())
    return [_exact(each, by_id[each.number]) if by_id.get(each.number) else _alike(each, known, by_token, homes) for each in whoms]


def _by_id(numbers: Iterable[str], among: QuerySet[Person]) -> Mapping[str, list[_Known]]:
    indexes = {blind(number, purpose="id"): number for number in numbers}
    found: dict[str, list[_Known]] = defaultdict(list)
    for person in among.filter(id_index__in=indexes).order_by("code") if indexes else ():
        found[indexes[bytes(person.id_index or b"")]].append(_known(person))
    return found


def _known(person: Person) -> _Known:
    told = person.told()
    return _Known(person, Whom(told.get("name", ""), told.get("id_no", ""), told.get("phone", ""), area=person.area))


def _exact(whom: Whom, bearers: list[_Known]) -> Identified:
    alike = [each for each in bearers if not whom.name or each.whom.said == whom.said]
    if len(alike) == len(bearers) == 1:
        return Identified("exact", (alike[0].person,))
    return Identified("doubtful", tuple(each.person for each in bearers[:MOST]))


def _candidates(whoms: Sequence[Whom], among: QuerySet[Person]) -> tuple[dict[str, _Known], dict[bytes, list[str]]]:
    """Those who share a name, its sound, or the end of a telephone with any of them; and who by which token."""
    wanted = {each for whom in whoms for each in _tokens(whom)}
    by_token: dict[bytes, list[str]] = defaultdict(list)
    for found, code in SearchToken.objects.filter(token__in=wanted).values_list("token", "person") if wanted else ():
        by_token[bytes(found)].append(code)
    codes = {code for each in by_token.values() for code in each}
    return {person.code: _known(person) for person in among.filter(code__in=codes)}, by_token


def _tokens(whom: Whom) -> set[bytes]:
    names = {plain(whom.name), whom.said} - {""}
    return {token(text) for text in (*names, *(phone[-ENDS:] for phone in whom.phones))}


def _homes(known: Iterable[_Known]) -> dict[str, str]:
    """The folded addresses of their households."""
    households = Household.objects.current().filter(code__in={each.person.household for each in known})
    return {each.code: fold(each.told().get("address", "")) for each in households}


def _alike(whom: Whom, known: Mapping[str, _Known], by_token: Mapping[bytes, list[str]], homes: Mapping[str, str]) -> Identified:
    codes = {code for each in _tokens(whom) for code in by_token.get(each, ())}
    near = [known[code] for code in sorted(codes) if code in known]
    named = [each for each in near if whom.said and each.whom.said == whom.said]
    sure = [each for each in named if _agrees(whom, each, homes) and not _contradicts(whom, each)]
    if len(sure) == 1:
        return Identified("folded", (sure[0].person,))
    called = [each for each in near if each not in named and whom.phones & each.whom.phones]
    doubtful = sorted([*named, *called], key=lambda each: (each not in sure, each in called, each.person.area != whom.area))
    return Identified("doubtful", tuple(each.person for each in doubtful[:MOST])) if doubtful else Identified("none")


def _agrees(whom: Whom, known: _Known, homes: Mapping[str, str]) -> bool:
    """Whether something besides the name says that it is the same person."""
    home, address = homes.get(known.person.household, ""), fold(whom.address)
    same_area = whom.area in ("", known.person.area)
    same_home = same_area and len(home) >= SHORTEST_ADDRESS and address.endswith(home)
    return bool(whom.phones & known.whom.phones) or same_home or _begins_alike(whom.id_no, known.whom.number)


def _contradicts(whom: Whom, known: _Known) -> bool:
    """Whether both have a valid ID, and not the same."""
    return bool(whom.number and known.whom.number and whom.number != known.whom.number)


def _begins_alike(cut: str, number: str) -> bool:
    """Whether a number that a spreadsheet cut (9.9000019340905E+17) is the beginning of the other."""
    parts = _CUT.fullmatch(citizen_id.normalise(cut)) if cut and number else None
    return parts is not None and len(parts[2]) >= 13 and number.startswith(parts[1] + parts[2])
