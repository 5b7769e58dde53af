"""Where a household, a person or a record lies, what else it is called, and the way up the tree from it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, visible
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.registry.known import canonical
from closeknit.registry.models import Alias, Found, Household, Person, Place

STARS = 10


def area_of_household(code: str) -> str | None:
    """The area where a household lies: of the roster, found, or by another name of it; None where there is none."""
    return _area(Household, "household", code)


def area_of_person(code: str) -> str | None:
    """The area where a person lies."""
    return _area(Person, "person", code)


def area_of_place(code: str, **rest: str) -> str | None:
    """The area where a place lies. `rest`: what else an address names that belongs to the place."""
    return Place.objects.current().filter(code=code).values_list("area", flat=True).first()


def area_of_event(event: UUID) -> str | None:
    """The area of a record."""
    return Event.objects.filter(id=event).values_list("area", flat=True).first()


def area_of_found(code: str) -> str | None:
    """The area where somebody was found."""
    return Found.objects.filter(code=code).values_list("area", flat=True).first()


def _area(model: type[Household] | type[Person], reference: str, code: str) -> str | None:
    end = canonical(reference, [code]).get(code, code)
    own = model.objects.filter(code=end).order_by("-learned_at").values_list("area", flat=True).first()
    return own or Found.objects.filter(code=end, what=reference).values_list("area", flat=True).first()


def other_names(reference: str, code: str) -> list[str]:
    """All codes under which records of the same household or person may stand, its own first."""
    names, pending = [code], {code}
    while pending:
        rows = Alias.objects.filter(reference=reference, withdrawn_at=None, canonical__in=pending).order_by("learned_at")
        pending = set(rows.values_list("code", flat=True)) - set(names)
        names += sorted(pending)
    return names


def once_merged(reference: str, code: str) -> list[str]:
    """Codes of finds that were merged into this one, also where that was taken back: their merges belong to its history."""
    return list(Alias.objects.filter(reference=reference, canonical=code, code__startswith="found:").values_list("code", flat=True))


def found_here(account: Account) -> "list[Found]":
    """Those found in the account's scope who have not proved to be somebody of a roster, the latest first."""
    merged = Alias.objects.filter(withdrawn_at=None, code__startswith="found:").exclude(canonical__startswith="found:")
    return list(visible(Found.objects.exclude(code__in=merged.values("code")), account).order_by("-at"))


def told_of(found: Iterable[Found]) -> dict[str, dict[str, str]]:
    """What was said of each who was found, by code; personal fields decrypted."""
    rows = {each.event: each.code for each in found}
    return {rows[event.id]: event.told() for event in Event.objects.filter(id__in=rows)}


def choices(account: Account, most: int = 500) -> list[tuple[str, Text | str]]:
    """The account's areas as a form offers them, each below the one that holds it."""
    rows = list(areas_of(account).order_by("path")[:most])
    top = rows[0].path.count("/") if rows else 0
    return [(row.code, f"{'　' * (row.path.count('/') - top)}{row.name}") for row in rows]


def masked_id(number: str) -> str:
    """9900**********1234: enough to tell two apart, too little to misuse."""
    return f"{number[:4]}{'*' * STARS}{number[-4:]}" if len(number) >= 8 else "*" * len(number)


def masked_phone(phones: str) -> str:
    """138****1234, each of several."""
    return "; ".join(f"{number[:3]}****{number[-4:]}" for number in phones.split(";") if number)


def masked_name(name: str) -> str:
    """王＊＊."""
    return name[:1] + "＊" * max(1, len(name) - 1) if name else ""


class Masked:
    """What was told of somebody, masked: for a dataclass that holds it as `told`."""

    told: dict[str, Any]

    @property
    def name(self) -> str:
        return masked_name(str(self.told.get("name", "")))

    @property
    def id_no(self) -> str:
        return masked_id(str(self.told.get("id_no", "")))

    @property
    def phone(self) -> str:
        return masked_phone(str(self.told.get("phone", "")))


def age(born: date | None) -> int | None:
    """Years of age today."""
    if born is None:
        return None
    today = clock.now().date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
