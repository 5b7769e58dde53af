"""The map as its template draws it: a cell an area, with words where they fit and a hatching that says the same as the colour."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from closeknit.campaigns.live import EXCUSED
from closeknit.console.coverage.rows import Row
from closeknit.kit.text import Text
from closeknit.measures.treemap.layout import Box, boxes

SIZE, LINE, EDGE = 15, 19, 7
SPACES = (0, 22, 13, 8, 5)  # between the lines of the hatching, by level
SHARES = (0.0, 0.25, 0.5, 0.75)  # of what is due that is left: none, up to a quarter, a half, three quarters, more
LEVELS = (
    Text("all settled", "已清零"), Text("up to a quarter left", "未落实四分之一以内"), Text("up to a half", "一半以内"),
    Text("up to three quarters", "四分之三以内"), Text("more", "四分之三以上"),
)  # fmt: skip
LEFT = Text("{left} of {due} left", "余{left}/{due}户")
SHORT = Text("{left} left", "余{left}")
DONE = Text("✓ all {due}", "✓ {due}户")
SAID = Text("{name}: {left} of {due} households left", "{name}：应落实 {due} 户，未落实 {left} 户")


@dataclass(frozen=True)
class Cell:
    """One area on the map."""

    row: Row
    box: Box

    @property
    def due(self) -> int:
        return self.row.standing.due - self.row.standing.words[EXCUSED]

    @property
    def level(self) -> int:
        """Which fifth of the legend it belongs to."""
        share = self.row.standing.left / self.due if self.due else 0.0
        return sum(share > bound for bound in SHARES)

    @property
    def words(self) -> Text:
        """What it says to those who hear the page."""
        return SAID.format(name=self.row.name, left=self.row.standing.left, due=self.due)

    @property
    def lines(self) -> list[tuple[float, float, str]]:
        """The lines of words that fit into it, with where each stands: the name, cut where it must be, and what is left."""
        room = self.box.width - 2 * EDGE
        name, count = cut(str(self.row.name), room), self._count(room)
        texts = [text for text in (name, count) if text]
        if not count or self.box.height < len(texts) * LINE + EDGE:
            texts = [count] if count and self.box.height >= LINE + EDGE else []
        return [(self.box.x + EDGE, self.box.y + EDGE + SIZE + LINE * number, text) for number, text in enumerate(texts)]

    def _count(self, room: float) -> str:
        left = self.row.standing.left
        whole = [LEFT.format(left=left, due=self.due), SHORT.format(left=left)] if left else [DONE.format(due=self.due)]
        texts = [*map(str, whole), str(left) if left else "✓"]
        return next((text for text in texts if width(text) <= room), "")


@dataclass(frozen=True)
class Drawing:
    """The map in one shape: `name` tells it from the other one on the same page."""

    name: str
    width: int
    height: int
    cells: list[Cell]


def width(text: str) -> float:
    """About how wide a text is: a Chinese character is as wide as it is high."""
    return sum(SIZE if unicodedata.east_asian_width(sign) in "WF" else SIZE * 0.58 for sign in text)


def cut(text: str, room: float) -> str:
    """The text, shortened to what fits; nothing where less than two characters would."""
    if width(text) <= room:
        return text
    while text and width(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…" if len(text) > 1 else ""


def drawn(rows: Sequence[Row]) -> list[Drawing]:
    """The areas with somebody due, the largest first, in a wide shape for a desk and paper and a tall one for a phone."""
    due = sorted((Cell(row, Box(0, 0, 0, 0)) for row in rows), key=lambda cell: (-cell.due, cell.row.standing.code))
    listed = [cell for cell in due if cell.due]
    return [
        Drawing(
            name, wide, high,
            [Cell(cell.row, box) for cell, box in zip(listed, boxes([cell.due for cell in listed], Box(0, 0, wide, high)), strict=True)],
        )
        for name, wide, high in (("wide", 960, 480), ("tall", 330, 520))
    ]  # fmt: skip
