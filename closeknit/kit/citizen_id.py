"""The citizen ID number of GB 11643-1999: putting it into one form, checking it, and what it tells of its bearer."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Fault = Literal["", "empty", "cut", "form", "date", "check"]

_NOTHING = frozenset({"", "无", "无证件", "不详", "未知", "暂无", "没有", "同上", "-", "--", "—", "——", "/", "\\", "NONE", "N/A", "NULL"})
_CUT = re.compile(r"\d(\.\d+)?E\+?1[4-9]")
_IN_BETWEEN = re.compile(r"[\s'`’‘\-\u200b-\u200f\u2060\ufeff]+")
_LIKE_X = str.maketrans({"×": "X", "Х": "X", "✕": "X"})  # a times sign and the Cyrillic letter are typed for X
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_CHECK_DIGITS = "0123456789X"


class Reading(NamedTuple):
    """What a cell says: `number` is empty unless the ID is valid; then birth date and sex follow from it."""

    number: str
    fault: Fault
    birth_date: date | None = None
    sex: Literal["", "m", "f"] = ""


def read(text: str) -> Reading:
    """Reads an ID as somebody typed it. Full-width digits, a small x, spaces, a leading apostrophe and the 15-digit form are understood."""
    number = text if len(text) == 18 and text.isascii() and text.isdigit() else normalise(text) if text else ""
    if len(number) == 15 and number.isdigit():
        number = from_15_digits(number)
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in _CHECK_DIGITS:
        return Reading("", _fault(number))
    born = _date(number[6:14])
    if check_digit(number[:17]) != number[17]:
        return Reading("", "cut" if number.endswith("000") else "check")
    if born is None:
        return Reading("", "date")
    return Reading(number, "", born, "m" if number[16] in "13579" else "f")


def normalise(text: str) -> str:
    """The ID without spaces, in half-width digits and with a capital X; empty where the cell says that there is none."""
    number = _IN_BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_LIKE_X)
    return "" if number in _NOTHING or text.strip() in _NOTHING else number


def check_digit(first_17: str) -> str:
    """The 18th character by ISO 7064 MOD 11-2 (GB 11643-1999). A weight is 2 to the power of its place modulo 11, and 13 is 2 modulo 11,
    so that reading the digits to the base 13 adds them up with their weights."""
    return _CHECK_DIGITS[(1 - 2 * int(first_17, 13)) % 11]


def from_15_digits(number: str) -> str:
    """The 18-digit form of an ID of the years before 1999: the century 19 put in, the check digit put behind."""
    first = number[:6] + "19" + number[6:]
    return first + check_digit(first)


def is_cut(text: str) -> bool:
    """Whether a spreadsheet took the number for a quantity and lost its last digits (9.9000019340905E+17)."""
    return _CUT.fullmatch(normalise(text)) is not None


def may_be_real(text: str) -> bool:
    """Whether the ID, valid or not, may be that of a living person: it has the length of an ID and begins with a province of China.
    Made-up persons bear IDs that begin with 99."""
    number = normalise(text)
    has_length = (len(number) in (15, 18) and number[:-1].isdigit()) or is_cut(text)
    return has_length and _PROVINCES.match(number.replace(".", "", 1)) is not None


def _fault(number: str) -> Fault:
    if not number:
        return "empty"
    return "cut" if _CUT.fullmatch(number) else "form"


@lru_cache(maxsize=65_536)
def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
