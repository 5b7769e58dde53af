"""From the text of a chat group to orders: each household's packs, and the lines that a person must look at.

How the chain is read (shared scenarios' `orders/expected.json` is read by the same rules):

- A numbered line with a door and packs is an order. Lines that are talk are passed over (see line.py).
- A line must be LOOKED AT where it names no door, a door that is not there or that several households share, or several doors; where
  its packs cannot be read or it names none ("the same as ever"); where it changes or withdraws what was never ordered; where it
  changes an order of several packs without naming just these; where it adds without saying of what.
- The same household again with just what it has ordered is a repetition and changes nothing; with less, more or other packs it must
  be looked at, for it may be a change, an addition or a neighbour. Nothing of such a line is taken, the first order stands.
- A change replaces the order of one pack by what it names. A withdrawal takes away what it names, the whole order where it names
  nothing. An addition adds to what is ordered.
- The chain PASTED AGAIN begins at its title, or where the numbers begin anew. A sentence that an earlier paste held as often is the
  same sentence and changes nothing, so of growing pastes each order comes out once, and a copy that stayed short takes nothing away.
  A numbered line that reads otherwise than before replaces what its household's line said, or, where number and packs are those of a
  line that is gone, moves that order to the other door. A line that a later paste as long has lost is looked at; its order stands."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from closeknit.measures.chains.line import TITLE, Act, Line, Words, read
from closeknit.measures.supplies.kinds import Doors


class Why(StrEnum):
    """Why a person must look at a line."""

    NO_DOOR = "no_door"
    UNKNOWN_DOOR = "unknown_door"
    SEVERAL = "several"
    UNREAD = "unread"
    NOTHING_ORDERED = "nothing_ordered"
    SEVERAL_PACKS = "several_packs"
    SAYS_OTHERWISE = "says_otherwise"
    GONE = "gone"


Key = tuple[tuple[object, ...], int]  # a sentence, and how often it had been said in its paste


@dataclass(frozen=True)
class Look:
    """A line that a person must look at, with the household where the door tells it."""

    line: Line
    why: Why
    household: str = ""


@dataclass
class Entry:
    """A numbered or plain order that counts."""

    line: Line
    household: str
    packs: dict[str, int]


@dataclass
class Reading:
    """What a text comes to. taken: the lines that count, by number, with their household; withdrawn: households without an order left."""

    orders: dict[str, dict[str, int]] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    taken: dict[int, tuple[Line, str]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)

    @property
    def look_at(self) -> list[int]:
        """The numbers of the lines that a person must look at; the first line is 1."""
        return sorted({look.line.number for look in self.looks})


def read_chain(text: str, doors: Doors, words: Words) -> Reading:
    """The orders of a text by household, and the lines that a person must look at."""
    chain = _Chain(doors)
    for paste in pastes([read(number, raw, words) for number, raw in enumerate(text.splitlines(), 1)]):
        chain.take(paste)
    return chain.reading()


def pastes(lines: list[Line]) -> Iterator[list[Line]]:
    """The copies of the chain that stand in the text, one after another: a copy begins at a title or where the numbers begin anew."""
    begun: list[Line] = []
    first = highest = None
    for line in lines:
        titled = bool(TITLE.match(line.text)) and line.slot is None and line.door is None
        again = line.slot is not None and line.slot == first and highest != first
        if begun and ((titled and any(not each.talk for each in begun)) or again):
            yield begun
            begun, highest = [], None
        if line.slot is not None:
            first = line.slot if first is None else first
            highest = max(line.slot, highest or 0)
        begun.append(line)
    if begun:
        yield begun


class _Chain:
    """The state of a chain while its pastes are read in their order."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.orders: dict[str, dict[str, int]] = {}
        self.known: set[Key] = set()
        self.entries: dict[Key, Entry] = {}
        self.looks: dict[Key, Look] = {}
        self.taken: dict[Key, tuple[Line, str]] = {}
        self.longest = 0

    def take(self, lines: list[Line]) -> None:
        """Reads one paste; what earlier ones held is only found again."""
        said: Counter[tuple[object, ...]] = Counter()
        keyed: list[tuple[Key, Line]] = []
        for line in lines:
            if not line.talk:
                said[line.key] += 1
                keyed.append(((line.key, said[line.key]), line))
        here = {key for key, _ in keyed}
        gone = {key: entry for key, entry in self.entries.items() if key not in here}
        for key, line in keyed:
            if key in self.known:
                self._again(key, line)
            else:
                self.known.add(key)
                self._new(key, line, gone)
        length = max((line.slot or 0 for _, line in keyed), default=0)
        for key, entry in gone.items():
            if entry.line.slot is not None and length >= max(self.longest, entry.line.slot):
                self.looks[key] = Look(entry.line, Why.GONE, entry.household)
        self.longest = max(self.longest, length)

    def _again(self, key: Key, line: Line) -> None:
        """The line that a person is shown is the one of the last paste."""
        if key in self.looks:
            self.looks[key] = Look(line, self.looks[key].why, self.looks[key].household)
        if key in self.taken:
            self.taken[key] = (line, self.taken[key][1])
        if key in self.entries:
            self.entries[key].line = line

    def _new(self, key: Key, line: Line, gone: dict[Key, Entry]) -> None:
        household, why = self._whose(line)
        edited = self._edited(line, household, gone) if why is None and line.act is Act.ORDER and line.packs else None
        if edited is not None:
            self._rewrite(edited, gone.pop(edited), household, line)
        else:
            why = why or _ACTIONS[line.act](self, household, line)
        if why is not None:
            self.looks[key] = Look(line, why, household)
            return
        self.taken[key] = (line, household)
        if line.act is Act.ORDER:
            self.entries[key] = Entry(line, household, dict(line.packs or {}))

    def _whose(self, line: Line) -> tuple[str, Why | None]:
        if line.several_doors:
            return "", Why.SEVERAL
        if line.door is None:
            return "", Why.NO_DOOR
        behind = self.doors.households(line.door)
        if len(behind) != 1:
            return "", Why.SEVERAL if behind else Why.UNKNOWN_DOOR
        return behind[0], Why.UNREAD if line.packs is None else None

    def _edited(self, line: Line, household: str, gone: Mapping[Key, Entry]) -> Key | None:
        """The line of an earlier paste that this one replaces: the household's own, or one that had its number and its packs."""
        own = [key for key, entry in gone.items() if entry.household == household]
        if self.orders.get(household) and not own:
            return None
        moved = [key for key, entry in gone.items() if line.slot is not None and entry.line.slot == line.slot and entry.packs == line.packs]
        return next(iter([*own, *moved]), None)

    def _rewrite(self, key: Key, entry: Entry, household: str, line: Line) -> None:
        """An earlier line now reads otherwise; what was said besides (再加一份水果) stays."""
        held = self.orders.get(entry.household, {})
        self.orders[entry.household] = {pack: quantity for pack, quantity in held.items() if pack not in entry.packs}
        self.orders[household] = {**self.orders.get(household, {}), **(line.packs or {})}
        for mine in (self.entries, self.taken, self.looks):
            mine.pop(key, None)

    def _order(self, household: str, line: Line) -> Why | None:
        held, packs = self.orders.get(household, {}), line.packs or {}
        if not packs or line.quantity is not None:
            return Why.UNREAD
        if held and held != packs:
            return Why.SAYS_OTHERWISE
        self.orders[household] = dict(packs)
        return None

    def _change(self, household: str, line: Line) -> Why | None:
        held, packs = self.orders.get(household, {}), dict(line.packs or {})
        if not held:
            return Why.NOTHING_ORDERED
        if not packs and line.quantity is not None and len(held) == 1:
            packs = dict.fromkeys(held, line.quantity)
        if not packs:
            return Why.SEVERAL_PACKS if len(held) > 1 else Why.UNREAD
        if len(held) > 1 and held.keys() != packs.keys():
            return Why.SEVERAL_PACKS
        self.orders[household] = packs
        return None

    def _cancel(self, household: str, line: Line) -> Why | None:
        held, packs = self.orders.get(household, {}), line.packs or {}
        if not held or not packs.keys() <= held.keys():
            return Why.NOTHING_ORDERED
        self.orders[household] = {pack: quantity for pack, quantity in held.items() if packs and pack not in packs}
        return None

    def _add(self, household: str, line: Line) -> Why | None:
        held, packs = self.orders.get(household, {}), dict(line.packs or {})
        if not packs and line.quantity is not None and len(held) == 1:
            packs = dict.fromkeys(held, line.quantity)
        if not packs or (line.quantity is not None and line.packs):
            return Why.UNREAD
        self.orders[household] = {**held, **{pack: held.get(pack, 0) + quantity for pack, quantity in packs.items()}}
        return None

    def reading(self) -> Reading:
        """What the chain comes to."""
        return Reading(
            {household: dict(packs) for household, packs in self.orders.items() if packs},
            sorted(self.looks.values(), key=lambda look: look.line.number),
            {line.number: (line, household) for line, household in self.taken.values()},
            {household for household, packs in self.orders.items() if not packs},
        )


_ACTIONS: dict[Act, Callable[[_Chain, str, Line], Why | None]] = {
    Act.ORDER: _Chain._order, Act.CHANGE: _Chain._change, Act.CANCEL: _Chain._cancel, Act.ADD: _Chain._add,
}  # fmt: skip
