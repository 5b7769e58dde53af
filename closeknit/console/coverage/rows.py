"""The lines and numbers of a campaign's coverage, each number with the way to what is behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from closeknit.campaigns.live import Standing
from closeknit.console.coverage.asked import Asked
from closeknit.console.parts import Progress, Tile
from closeknit.kit.text import Text

DIRECTLY = Text("{name}, in no part of it", "{name}（未分网格）")
FINAL = Text("{n} of them final", "其中 {n} 户不再上门")
COULD_NOT = ("absent", "refused")


@dataclass(frozen=True)
class Ways:
    """Where a line's numbers lead: `down` to an area's own coverage, `behind` to the targets of a state there; "" leads nowhere."""

    down: Callable[[Standing], str] = lambda standing: ""
    behind: Callable[[Standing, str], str] = lambda standing, state: ""


def ways(seen: Asked, parts: str, targets: str) -> Ways:
    """Down to the screen `parts` of an area that has parts, else to the screen of its `targets`; behind a number to the targets of that
    state."""

    def down(standing: Standing) -> str:
        return seen.url(parts if standing.has_parts and not standing.own else targets, standing.code)

    return Ways(down, lambda standing, state: seen.url(targets, standing.code, state=state))


@dataclass(frozen=True)
class Row:
    """One area's line."""

    standing: Standing
    ways: Ways

    @property
    def name(self) -> Text | str:
        return DIRECTLY.format(name=self.standing.name) if self.standing.own else self.standing.name

    @property
    def url(self) -> str:
        return self.ways.down(self.standing)

    @property
    def progress(self) -> Progress:
        return Progress(self.standing.reached, self.standing.due - self.standing.words["excused"])

    @cached_property
    def to(self) -> dict[str, str]:
        """The ways behind the numbers, by state."""
        return {state: self.ways.behind(self.standing, state) for state in ("left", "settled", "due", "never", *COULD_NOT)}

    @property
    def refused(self) -> int:
        return self.standing.words["refused"]

    @property
    def absent(self) -> int:
        return self.standing.words["absent"]


def by_what_is_left(standings: Sequence[Standing]) -> list[Standing]:
    """The most that is left first, then the smallest share done, then by code."""
    return sorted(standings, key=lambda each: (-each.left, each.reached / each.due if each.due else 1, each.code))


def rows(asked: Asked, ways: Ways) -> list[Row]:
    """A line for each area right below, the most that is left first."""
    return [Row(each, ways) for each in by_what_is_left(asked.live.parts)] if asked.live else []


def tiles(total: Row) -> list[Tile]:
    """The whole area's numbers."""
    standing, to = total.standing, total.to
    final = FINAL.format(n=standing.final) if standing.final else ""
    tiles = [
        Tile(standing.left, Text("Left", "未落实"), to["left"], tone="watch" if standing.left else "good"),
        Tile(standing.reached, Text("Settled", "已落实"), to["settled"], tone="good"),
        Tile(standing.due, Text("Due", "应落实"), to["due"]),
        Tile(standing.never, Text("Never tried", "未上门"), to["never"], tone="bad" if standing.never else "quiet"),
    ]
    if total.refused or total.absent:
        tiles.append(Tile(total.refused, Text("Refused", "拒绝"), to["refused"], note=final))
        tiles.append(Tile(total.absent, Text("Nobody home", "无人在家"), to["absent"]))
    return tiles
