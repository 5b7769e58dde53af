"""What a household, person or place is called on a page: names and addresses, masked where the reader may not see them whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.registry.models import Found, Household, Member, Person, Place

HIDDEN = "＊"
HEAD = ("户主", "本人或户主")  # GB/T 4761: the relation by which a roster marks the head


@dataclass(frozen=True)
class Called:
    """Somebody as a page names them."""

    code: str
    area: str
    name: str = ""
    address: str = ""
    phone: str = ""


def code_words(code: str) -> Text | str:
    """A code as people read it: what was found has a number of the computer's, which is nobody's to read or to type."""
    return Text("in no list", "名册外登记") if code.startswith("found:") else code


def masked(name: str) -> str:
    """The surname's first character alone, so that a list can be read aloud in an office: 王＊＊."""
    return name[:1] + HIDDEN * max(1, len(name) - 1) if name else ""


def masked_phone(phone: str) -> str:
    """The last four digits alone."""
    return f"···{phone[-4:]}" if phone else ""


def in_full(account: Account, permission: str) -> bool:
    """Whether the reader sees names whole: who records here does; the page's rows lie in the reader's scope already."""
    return can(account, permission)


def households(codes: Iterable[str], *, full: bool) -> dict[str, Called]:
    """The households of these codes with the name and telephone of their head, else who stands first; two statements, found: three."""
    wanted = list(codes)
    heads: dict[str, dict[str, str]] = {}
    for person in Person.objects.current().filter(household__in=wanted).order_by("code"):
        told = person.told()
        if told.get("relation") in HEAD or person.household not in heads:
            heads[person.household] = told
    called: dict[str, Called] = {}
    for household in Household.objects.current().filter(code__in=wanted):
        said, head = household.told(), heads.get(household.code, {})
        address = " · ".join(filter(None, (said.get("address", ""), said.get("landmark", ""))))
        called[household.code] = _called(household.code, household.area, {**head, "address": address}, full=full)
    return called | _found([code for code in wanted if code not in called], full=full)


def _found(codes: list[str], *, full: bool) -> dict[str, Called]:
    rows = {row.event: row for row in Found.objects.filter(code__in=codes)} if codes else {}
    if not rows:
        return {}
    told = {event.id: event.told() for event in Event.objects.filter(id__in=rows)}
    return {
        row.code: _called(row.code, row.area, {**told[row.event], "address": told[row.event].get("landmark", "")}, full=full)
        for row in rows.values()
    }


def _called(code: str, area: str, said: dict[str, str], *, full: bool) -> Called:
    name, phone = said.get("name", ""), said.get("phone", "").split(";")[0]
    return Called(code, area, name if full else masked(name), said.get("address", ""), phone if full else masked_phone(phone))


def persons(codes: Iterable[str], *, full: bool) -> dict[str, Called]:
    """The persons of these codes."""
    wanted = list(codes)
    rows = Person.objects.current().filter(code__in=wanted)
    called = {row.code: _called(row.code, row.area, row.told(), full=full) for row in rows}
    return called | _found([code for code in wanted if code not in called], full=full)


def places(codes: Iterable[str]) -> dict[str, Called]:
    """The places of these codes."""
    return {row.code: Called(row.code, row.area, row.name) for row in Place.objects.current().filter(code__in=list(codes))}


def members(codes: Iterable[str]) -> dict[str, str]:
    """The names of these members; who works for the response is named."""
    return dict(Member.objects.current().filter(code__in=set(codes)).values_list("code", "name"))


def of(what: str, codes: Iterable[str], *, full: bool) -> dict[str, Called]:
    """Households, persons, places or members of these codes as a row of paper names them: persons with the address of their home."""
    wanted = {code for code in codes if code}
    if what == "household":
        return households(wanted, full=full)
    if what == "place":
        return places(wanted)
    if what == "member":
        return {code: Called(code, "", name) for code, name in members(wanted).items()}
    if what != "person":
        return {}
    homes = dict(Person.objects.current().filter(code__in=wanted).values_list("code", "household"))
    addresses = {code: home.address for code, home in households(homes.values(), full=full).items()}
    return {
        code: replace(one, address=one.address or addresses.get(homes.get(code, ""), ""))
        for code, one in persons(wanted, full=full).items()
    }
