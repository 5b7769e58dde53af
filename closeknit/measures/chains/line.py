"""One line of a chat: what it says, before anybody asks whether it can be done.

A line's parts: its number in the chain ("12."), a door, what it does (orders where it says nothing else), packs with quantities.
A pack without any quantity is one; of several packs each has a quantity, or all share one that is said with 各. A quantity that
belongs to no pack, weights, nothing and more than anybody orders are not guessed at. Wishes (不要香菜), thanks, names and signs are
passed over. What names no door, no number, no pack with a quantity and no act is talk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from closeknit.measures.supplies.kinds import Door, doors, plain


class Act(StrEnum):
    """What a line does."""

    ORDER = "order"
    CHANGE = "change"
    CANCEL = "cancel"
    ADD = "add"


@dataclass(frozen=True)
class Line:
    """What one line says. packs: None where they cannot be read."""

    number: int
    text: str
    slot: int | None = None
    door: Door | None = None
    act: Act = Act.ORDER
    packs: Mapping[str, int] | None = field(default_factory=dict)
    talk: bool = False
    several_doors: bool = False
    quantity: int | None = None  # said without a pack: 改成3份

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two lines the same sentence, however they are written and numbered."""
        said = tuple(sorted(self.packs.items())) if self.packs is not None else self.text
        return (self.door or self.text, self.act, said, self.quantity)


TITLE = re.compile(r"^\s*[【\[]?\s*#?\s*(?:群)?接龙")
_SLOT = re.compile(r"^\s*[(【\[]?(\d{1,4})\s*[.、)】\]:](?!\d{1,3}$)")
_BARE_SLOT = re.compile(r"^\s*(\d{1,4})\s+")
_EXAMPLE = re.compile(r"^\s*(?:例|示例|格式)")
_QUESTION = re.compile(r"(?:[?？]|吗|呢|了没)\s*$")
_ACTS = (
    (Act.CANCEL, re.compile(r"取消|不要了|不订了|不用了|退掉|退订|退了|撤销|撤回|作废")),
    (Act.CHANGE, re.compile(r"改成|改为|改要|换成|换为|变成|更改为|更正为|改订|改\s*(?=\d)")),
    (Act.ADD, re.compile(r"再加|追加|再来|再要|再订|再添|另加|多加|多要|加订|增加")),
)
_SAME = re.compile(r"老样子|同上|照旧|和上次|跟上次|1样|还是那些")
_WISH = re.compile(r"(?:不要|不放|别放|不吃|少放)(?!了)[^\s,，。;；]*")
_UNIT = "(?:份|包|个|袋|套|件|提|盒|箱|桶)"
_QUANTITIES = "|".join(
    (
        r"(?P<weight>\d+(?:\.\d+)?\s*(?:斤|公斤|kg|克))",
        rf"(?P<minus>-\s*\d+\s*{_UNIT})",
        "(?P<each>各)",
        rf"[x*:]?\s*(?P<counted>\d{{1,4}})\s*{_UNIT}",
        r"[x*+]\s*(?P<times>\d{1,4})(?!\d)",
        r"(?<!\d)(?P<bare>\d{1,3})(?=$|[\s,，。;；、!和+)(]|谢)",
    )
)


@dataclass(frozen=True)
class Words:
    """The words for packs, each with the pack's code. most: how many of a pack nobody orders in one line."""

    names: Mapping[str, str]
    counts: re.Pattern[str]
    most: int = 20

    @classmethod
    def of(cls, synonyms: Mapping[str, str], most: int = 20) -> "Words":
        """From a catalogue's (what people write) to (code). The longest word is tried first; one of a single character counts only by
        itself and before a quantity (菜2份, not 香菜2份)."""
        names = {folded: code for word, code in synonyms.items() if (folded := plain(word))}
        told = [
            re.escape(word) if len(word) > 1 else rf"(?<![\u4e00-\u9fff]){re.escape(word)}(?=\s*[x*]?\s*\d)"
            for word in sorted(names, key=len, reverse=True)
        ]
        return cls(names, re.compile(f"(?P<pack>{'|'.join(told) or '(?!)'})|{_QUANTITIES}"), most)


def read(number: int, raw: str, words: Words) -> Line:
    """What one line of a chat says."""
    text = plain(raw)
    named = doors(text)
    slot, rest = _slot(text, named[0][1] if named else "")
    for _, said in named:
        rest = rest.replace(said, " ", 1)
    act = next((act for act, pattern in _ACTS if pattern.search(rest)), Act.ORDER)
    same = bool(_SAME.search(rest))
    found = None if same else _Packs(words).read(_WISH.sub(" ", rest))
    packs, bare = found if found else (None, None)
    asks = bool(_QUESTION.search(text)) and slot is None
    silent = not packs and act is Act.ORDER and not same
    talk = not text or bool(TITLE.match(text) and not named) or bool(_EXAMPLE.match(text)) or asks
    talk = talk or (slot is None and not named and silent and (found is not None or not _Packs(words).names_a_pack(rest)))
    door = named[0][0] if named else None
    return Line(number, text, slot, door, act, packs, talk, len({each for each, _ in named}) > 1, bare)


def _slot(text: str, door: str) -> tuple[int | None, str]:
    """The line's number in the chain and what follows it."""
    found = _SLOT.match(text)
    if found is None and door and (bare := _BARE_SLOT.match(text)) and text.startswith(door, bare.end()):
        found = bare
    return (int(found[1]), text[found.end() :]) if found else (None, text)


@dataclass
class _Packs:
    """Reads the packs of a line; what cannot be told for certain is not told."""

    words: Words
    quantities: dict[str, int | None] = field(default_factory=dict)
    waiting: int | None = None  # a quantity that was said before its pack
    last: str = ""
    each: bool = False

    def names_a_pack(self, text: str) -> bool:
        """Whether any pack is named with something to count."""
        kinds = {found.lastgroup for found in self.words.counts.finditer(text)}
        return "pack" in kinds and len(kinds) > 1

    def read(self, text: str) -> tuple[dict[str, int], int | None] | None:
        """The packs with their quantities, and a quantity without any pack; None where the line must be looked at."""
        end = 0
        for found in self.words.counts.finditer(text):
            sort = found.lastgroup or ""
            if sort == "bare" and (not self.last or text[end : found.start()].strip()):
                continue  # a number by itself counts right after a pack; else it is a name (张三) or a floor
            end = found.end()
            if sort == "pack":
                if not self._pack(self.words.names[found["pack"]]):
                    return None
            elif sort == "each":
                self.each = True
            elif sort in ("weight", "minus") or not self._quantity(int(found[sort])):
                return None
        return self._told()

    def _pack(self, code: str) -> bool:
        if code in self.quantities:
            return False
        self.quantities[code], self.waiting = self.waiting, None
        self.last = code
        return True

    def _quantity(self, number: int) -> bool:
        if not 1 <= number <= self.words.most:
            return False
        open_ = [code for code, quantity in self.quantities.items() if quantity is None]
        if self.each and open_:
            self.quantities.update(dict.fromkeys(open_, number))
            self.each = False
        elif self.last and self.quantities[self.last] is None:
            self.quantities[self.last] = number
        elif self.waiting is None:
            self.waiting = number
        else:
            return False
        return True

    def _told(self) -> tuple[dict[str, int], int | None] | None:
        said = [quantity for quantity in self.quantities.values() if quantity is not None]
        if (self.quantities and self.waiting is not None) or (said and len(said) < len(self.quantities)):
            return None
        return {code: quantity or 1 for code, quantity in self.quantities.items()}, self.waiting
