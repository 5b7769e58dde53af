"""Doors: the flat, or the house of a hamlet, that an address or a line of a chat names, however people write numbers and signs."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from closeknit.kit.folding import fold

_CHARACTERS = ("零〇", "一壹幺", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {character: number for number, characters in enumerate(_CHARACTERS) for character in characters}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_RUN = re.compile(f"[{''.join(_DIGITS)}{''.join(_TENS)}]+")
_CIRCLED = re.compile(r"[\u2460-\u2473]")
_SIGNS = str.maketrans({"—": "-", "–": "-", "‐": "-", "−": "-", "－": "-", "~": "-", "～": "-", "×": "x", "✖": "x", "✕": "x", "X": "x"})
_WORDS = re.compile(r"\S+")


def number(run: str) -> int:
    """A run of Chinese numerals: 十二 is 12, 一百零二 is 102, 六〇二 (each a digit) is 602."""
    if not any(character in _TENS for character in run):
        return int("".join(str(_DIGITS[character]) for character in run))
    total, last = 0, 0
    for character in run:
        if character in _TENS:
            total, last = total + (last or 1) * _TENS[character], 0
        else:
            last = _DIGITS[character]
    return total + last


def plain(text: str) -> str:
    """A line as the parser reads it: simplified, half-width, small letters, Chinese numerals as digits, one sign for each meaning."""
    numbered = _CIRCLED.sub(lambda found: f"{ord(found[0]) - ord('①') + 1}. ", text)
    signed = unicodedata.normalize("NFKC", numbered).translate(_SIGNS)
    simplified = _WORDS.sub(lambda word: fold(word[0]), signed)
    return _RUN.sub(lambda run: f"{' ' * simplified[run.start() - 1 : run.start()].isdigit()}{number(run[0])}", simplified).strip()


_BUILDING = r"(?<![\da-z*])(?P<building>[a-z]\d{0,3}|\d{1,4}[a-z]?)"
_FLAT = re.compile(
    rf"{_BUILDING}\s*(?:栋|幢|号楼|座|楼|#|-|号(?=\s*\d+\s*单元))\s*(?:(?P<unit>\d{{1,2}})\s*(?:单元|门|#|-)\s*)?(?P<room>\d{{3,4}})(?!\d)\s*(?:室|房|号)?"
)
_HOUSE = re.compile(r"(?<!\d)(?P<lane>\d{1,4}\s*[组巷队弄])\s*(?P<house>\d{1,4})\s*号?(?!\d)")


class Door(NamedTuple):
    """A flat by building, unit ("" where nobody said it) and room; a house by its lane or group and its number, without a unit."""

    building: str
    unit: str
    room: str


def doors(line: str) -> list[tuple[Door, str]]:
    """The doors that a folded line names, each with the words that name it."""
    flats = [(Door(_bare(found["building"]), _bare(found["unit"] or ""), _bare(found["room"])), found[0]) for found in _FLAT.finditer(line)]
    rest = _FLAT.sub(" ", line)
    return flats + [(Door(re.sub(r"\s", "", found["lane"]), "", _bare(found["house"])), found[0]) for found in _HOUSE.finditer(rest)]


def _bare(number: str) -> str:
    return number.lstrip("0") or number


@dataclass
class Doors:
    """The doors of a village, each with the households that live behind it: read once, asked for each line."""

    behind: Mapping[Door, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, addresses: Iterable[tuple[str, str]]) -> "Doors":
        """From (household, address); an address says its door last."""
        behind: dict[Door, list[str]] = defaultdict(list)
        for household, address in addresses:
            for door, _ in doors(plain(address))[-1:]:
                behind[door].append(household)
                if door.unit:
                    behind[door._replace(unit="")].append(household)
        return cls(behind)

    def households(self, door: Door) -> list[str]:
        """Who may be meant by a door: nobody where it is not there, several where it does not tell them apart."""
        return self.behind.get(door, [])


def building(address: str) -> str:
    """The building or lane of an address, to sort and to group by: 12栋, 3组; empty where it names none."""
    named = doors(plain(address))
    if not named:
        return ""
    door = named[-1][0]
    return door.building if door.building[-1:] in "组巷队弄" else f"{door.building}栋"


def storey(address: str) -> tuple[int, int, int, str]:
    """The way through a village by the numbers of its doors: building, unit, room."""
    named = doors(plain(address))
    door = named[-1][0] if named else Door("", "", "")
    return (*(int(re.sub(r"\D", "", part) or 0) for part in door), address)  # type: ignore[return-value]
