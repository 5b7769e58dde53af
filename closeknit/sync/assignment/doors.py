"""Where a door is, read from an address in words: building, unit, floor and flat, or a village's group and house number."""

import re
import unicodedata
from dataclasses import dataclass

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~", "-"))
_DIGITS = "零一二三四五六七八九"
_HAN = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_NUMBER = r"(?:\d{1,3}|[A-Z]|[A-Z]\d{1,2}|\d{1,2}[A-Z])"
_FLAT = r"(?P<flat>\d{1,4}[A-Z]?)(?:室|房|户|号房|号)?"
_HOUSE = re.compile(
    rf"(?P<building>(?:.*[^\dA-Z])?{_NUMBER}(?:栋|幢|号楼|座|#楼?))-?"
    rf"(?:(?P<unit>{_NUMBER})单元-?)?(?:(?P<floor>\d{{1,2}})[楼层]-?)?{_FLAT}"
)
_DASHED = re.compile(r"(?P<building>(?:.*[^\dA-Z-])?\d{1,3})-(?P<unit>\d{1,2})-(?P<flat>\d{3,4})(?:室|房|户|号)?")
_GROUP = re.compile(r"(?:.*[^\d第])?第?(?P<group>\d{1,3})(?:村民)?小?组(?:(?P<flat>\d{1,4}(?:-\d{1,3})?)号?)?")


@dataclass(frozen=True)
class Door:
    """The parts of an address, all as text and empty where it does not say them. In a village `flat` is the number of the house."""

    building: str = ""
    unit: str = ""
    floor: str = ""
    flat: str = ""
    group: str = ""


NOWHERE = Door()


def door(address: str) -> Door:
    """The parts that the address says for certain; an address of another form has none. `building` keeps what stands before it (the
    street, the estate), so that two buildings of the same number stay two."""
    text = _plain(address)
    if house := _HOUSE.fullmatch(text) or _DASHED.fullmatch(text):
        return _in_house(house.groupdict())
    if group := _GROUP.fullmatch(text):
        return Door(group=_bare(group["group"]), flat=group["flat"] or "")
    return NOWHERE


def _in_house(said: dict[str, str | None]) -> Door:
    flat, above = said["flat"] or "", _floor_of(said["flat"] or "")
    floor = _bare(said.get("floor") or "")
    if flat.startswith("0") or (floor and above and floor != above):
        return NOWHERE
    return Door(building=said["building"] or "", unit=_bare(said.get("unit") or ""), floor=floor or above, flat=flat)


def _floor_of(flat: str) -> str:
    """The floor of a flat whose number has three or four digits: 102 lies on the first, 1203 on the twelfth."""
    digits = flat.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return str(int(digits) // 100) if len(digits) >= 3 else ""


def _plain(address: str) -> str:
    """One form for full-width signs, all sorts of dashes, and numbers in Chinese before what they count."""
    text = "".join(unicodedata.normalize("NFKC", address).upper().translate(_DASHES).split())
    return re.sub(rf"(?:{_HAN.pattern})(?=栋|幢|号楼|座|单元|楼|层|组|村民小?组|小组)", lambda found: _counted(found[0]), text)


def _counted(han: str) -> str:
    """1 to 99 in digits: 十二 is 12."""
    tens, ten, ones = han.rpartition("十")
    if not ten:
        return str(_DIGITS.index(han))
    return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))


def _bare(number: str) -> str:
    return number.lstrip("0") or number
