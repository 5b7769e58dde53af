"""What a roster row says of a person, in our own terms."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from closeknit.kit.citizen_id import Reading
from closeknit.registry.roster.workbooks import serial_date

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?|(\d\d)(\d\d))")
_SERIAL = re.compile(r"\d{4,6}(\.\d+)?")
_YEARS_END = 2100  # up to here a bare number is a year
_ABROAD_AND_HOME = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")
_BETWEEN_PHONES = re.compile(r"[;；,，、/|]+")
_BETWEEN_WORDS = re.compile(r"[;；,，、/|\s]+")
_YES = frozenset({"1", "是", "有", "TRUE", "Y", "YES", "√", "✓", "重点", "独居", "对"})
_NO = frozenset({"0", "否", "无", "FALSE", "N", "NO", "×", "X", "不是", "没有"})
_SEXES = {"男": "m", "男性": "m", "1": "m", "M": "m", "女": "f", "女性": "f", "2": "f", "F": "f"}
_CATEGORIES = {
    "no_fixed_home": ("无固定", "居无定所", "流浪", "无家"),
    "passing": ("途经", "过境", "路过", "过路"),
    "non_local": ("流动", "外来", "暂住", "租住", "租户", "寄住", "外地", "非本地", "非户籍"),
    "resident": ("常住", "户籍", "本地", "本村", "本社区", "在册"),
}


class RosterPerson(msgspec.Struct, frozen=True, gc=False):
    """A person as a row describes them. `id_no` is empty unless it is valid. `birth_date` comes from a valid ID or else from a column
    of its own (`birth_from` says which: a doubtful ID gives no age); `sex` from the column, else from the ID."""

    code: str
    household: str
    area: str
    name: str
    id_no: str = ""
    birth_date: date | None = None
    birth_from: Literal["", "id", "column"] = ""
    sex: Literal["", "m", "f"] = ""
    phone: str = ""
    category: str = ""
    relation: str = ""
    address: str = ""
    key: bool | None = None
    key_categories: tuple[str, ...] = ()
    living_alone: bool | None = None
    immobile: bool | None = None
    booster: str = ""
    note: str = ""


def person(row: Mapping[str, str], reading: Reading, *, code: str, household: str, area: str, name: str) -> RosterPerson:
    """The person whom the row's cells describe."""
    get = row.get
    born = reading.birth_date or (day(text) if (text := get("birth_date")) else None)
    return RosterPerson(
        code,
        household,
        area,
        name,
        reading.number,
        born,
        "id" if reading.birth_date else "column" if born else "",
        sex(text) or reading.sex if (text := get("sex")) else reading.sex,
        phones(text) if (text := get("phone")) else "",
        category(text) if (text := get("category")) else "",
        get("relation", ""),
        address(row),
        yes_or_no(get("key", "")),
        words(text) if (text := get("key_categories")) else (),
        yes_or_no(get("living_alone", "")),
        yes_or_no(get("immobile", "")),
        get("booster", ""),
        get("note", ""),
    )


def address(row: Mapping[str, str]) -> str:
    """The address in one line: as the row has it, else of its parts."""
    whole = row.get("address")
    if whole:
        return whole
    return "".join([text for part in ("estate", "building", "unit", "door") if (text := row.get(part))])


def phones(text: str) -> str:
    """The numbers as they are dialled within the country, several joined by `;`."""
    if len(text) == 11 and text.isascii() and text.isdigit():
        return text
    parts = _BETWEEN_PHONES.split(unicodedata.normalize("NFKC", text))
    dialled = ("".join(character for character in part if character.isdigit() or character == "+") for part in parts)
    return ";".join(number for part in dialled if len(number := _ABROAD_AND_HOME.sub("", part).lstrip("+")) > 4)


@lru_cache(maxsize=65_536)
def day(text: str) -> date | None:
    """A day as tables write it: 1962-07-02, 1962/7/2, 1962年7月2日, 19620702, or a spreadsheet's serial number (22829)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.fullmatch(plain)
    if found:
        try:
            return date(*(int(part) for part in found.groups() if part))
        except ValueError:
            return None
    return serial_date(float(plain)) if _SERIAL.fullmatch(plain) and float(plain) > _YEARS_END else None


@lru_cache(maxsize=1024)
def sex(text: str) -> Literal["", "m", "f"]:
    """The sex as GB/T 2261.1 or a word tells it."""
    return _SEXES.get(unicodedata.normalize("NFKC", text).upper(), "")  # type: ignore[return-value]


@lru_cache(maxsize=1024)
def yes_or_no(text: str) -> bool | None:
    """A flag; None where the cell says neither."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return True if plain in _YES else False if plain in _NO else None


@lru_cache(maxsize=1024)
def category(text: str) -> str:
    """The category in the words of the wire format; empty where the cell says something else."""
    return next((code for code, marks in _CATEGORIES.items() if any(mark in text for mark in marks)), "")


def words(text: str) -> tuple[str, ...]:
    """The words of a cell that lists several."""
    return tuple(word for word in _BETWEEN_WORDS.split(text) if word)
