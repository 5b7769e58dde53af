"""Who of the register the rows of a list mean, many at once: exact, folded, or in doubt; never on a name alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from closeknit.kit.sealing import blind
from closeknit.registry.linking.candidates import candidates
from closeknit.registry.linking.likeness import APART, LIKELY, Likeness, likeness
from closeknit.registry.linking.whom import Whom
from closeknit.registry.models import Household, Person

How = Literal["exact", "folded", "doubtful", "none"]
MOST = 5  # candidates of a row that a person compares
AT_ONCE = 1_000  # rows whose candidates are decrypted at once

__all__ = ["Identified", "Whom", "identify"]


@dataclass(frozen=True)
class Identified:
    """How sure it is, and who it is: one person where it is exact or folded, those to be compared where it is doubtful, the likeliest
    first. `weight` is that of the likeliest."""

    how: How
    persons: tuple[Person, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True)
class _Known:
    """Somebody of the register, decrypted."""

    person: Person
    whom: Whom


def identify(whoms: Sequence[Whom], among: QuerySet[Person]) -> list[Identified]:
    """For each who of `among` it is; a few statements a thousand rows. Exact: the same valid ID and no other name. Folded: a name that is
    the same, sounds the same or differs by a character, and what else agrees weighs enough, and far more than of anybody else."""
    by_id = _by_id({each.number for each in whoms} - {""}, among)
    rest = [row for row, each in enumerate(whoms) if not by_id.get(each.number)]
    told: dict[int, Identified] = {row: _exact(each, by_id[each.number]) for row, each in enumerate(whoms) if by_id.get(each.number)}
    codes = candidates([whoms[row] for row in rest], among)
    for start in range(0, len(rest), AT_ONCE):
        known = _known({code for each in codes[start : start + AT_ONCE] for code in each}, among)
        for row, near in zip(rest[start : start + AT_ONCE], codes[start : start + AT_ONCE], strict=True):
            told[row] = _likeliest(whoms[row], [known[code] for code in sorted(near) if code in known])
    return [told[row] for row in range(len(whoms))]


def _by_id(numbers: Iterable[str], among: QuerySet[Person]) -> Mapping[str, list[_Known]]:
    indexes = {blind(number, purpose="id"): number for number in numbers}
    found: dict[str, list[_Known]] = defaultdict(list)
    for person in among.filter(id_index__in=indexes).order_by("code") if indexes else ():
        found[indexes[bytes(person.id_index or b"")]].append(_told(person, ""))
    return found


def _exact(whom: Whom, bearers: list[_Known]) -> Identified:
    alike = [each for each in bearers if likeness(whom, each.whom).named]
    if len(alike) == len(bearers) == 1:
        return Identified("exact", (alike[0].person,))
    return Identified("doubtful", tuple(each.person for each in bearers[:MOST]))


def _known(codes: set[str], among: QuerySet[Person]) -> dict[str, _Known]:
    """These persons with their addresses, decrypted."""
    people = list(among.filter(code__in=codes)) if codes else []
    homes = Household.objects.current().filter(code__in={person.household for person in people}) if people else ()
    addresses = {each.code: str(each.told().get("address", "")) for each in homes}
    return {person.code: _told(person, addresses.get(person.household, "")) for person in people}


def _told(person: Person, address: str) -> _Known:
    told = person.told()
    return _Known(person, Whom(told.get("name", ""), told.get("id_no", ""), told.get("phone", ""), address, person.area))


def _likeliest(whom: Whom, near: Iterable[_Known]) -> Identified:
    ranked = [(each.weight, each, known.person) for known in near if (each := likeness(whom, known.whom)).weight >= LIKELY]
    ranked.sort(key=lambda told: (-told[0], told[2].code))
    if not ranked:
        return Identified("none")
    weight, first, person = ranked[0]
    if first.is_sure and all(weight - other >= APART or not _may_be(one) for other, one, _ in ranked[1:]):
        return Identified("folded", (person,), weight)
    return Identified("doubtful", tuple(person for *_, person in ranked[:MOST]), weight)


def _may_be(each: Likeness) -> bool:
    return each.named and not each.contradicts
