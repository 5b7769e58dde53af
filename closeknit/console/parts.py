"""The small parts that pages are made of. Each knows its template and says itself in plain words for exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar
from uuid import UUID

from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text

Words = Text | str
VIEWS = Text("Views", "视图")
ICONS = {"good": "circle-check", "watch": "alert-triangle", "bad": "alert-circle", "info": "info-circle", "quiet": "circle-dashed"}


def _tone(tone: str) -> None:
    if tone not in ICONS:
        raise ValueError(f"There is no tone {tone!r}; there are {', '.join(ICONS)}.")


@dataclass(frozen=True)
class Action:
    """A button at the head of a page or in an empty state. `method` post sends a form with its token."""

    label: Words
    url: str
    icon: str = ""
    primary: bool = False
    method: str = "get"
    confirm: Words = ""
    template: ClassVar[str] = "console/parts/action.html"


@dataclass(frozen=True)
class Actions:
    """Several buttons in one cell of a list, one beneath the other where it is narrow."""

    actions: Sequence[Action]
    template: ClassVar[str] = "console/parts/actions.html"


@dataclass(frozen=True)
class Badge:
    """A status: icon, word and colour together, so that none of them has to be seen alone."""

    label: Words
    tone: str = "quiet"
    icon_name: str = ""
    template: ClassVar[str] = "console/parts/badge.html"

    def __post_init__(self) -> None:
        _tone(self.tone)

    def __str__(self) -> str:
        return str(self.label)

    @property
    def icon(self) -> str:
        return self.icon_name or ICONS[self.tone]


@dataclass(frozen=True)
class Tile:
    """A figure: its number, what it counts, and the way to what is behind it."""

    number: int | str
    label: Words
    url: str = ""
    note: Words = ""
    tone: str = "quiet"
    template: ClassVar[str] = "console/parts/tile.html"

    def __post_init__(self) -> None:
        _tone(self.tone)

    def __str__(self) -> str:
        return f"{self.label} {self.number}"


class Pressable:
    """A row with buttons, of which one press records."""

    @cached_property
    def event_id(self) -> UUID:
        """The id that the press will have: a second press of the same page is the same record."""
        return uuid7()


@dataclass(frozen=True)
class Progress:
    """How much of what is due is done."""

    done: int
    due: int
    template: ClassVar[str] = "console/parts/progress.html"

    def __str__(self) -> str:
        return f"{self.done}/{self.due}"

    @property
    def percent(self) -> int:
        """Rounded down: a hundred means that nobody is left."""
        return min(100, self.done * 100 // self.due) if self.due else 100

    @property
    def tone(self) -> str:
        return "good" if self.done >= self.due else "info"


@dataclass(frozen=True)
class Tab:
    """One tab of a row of pages."""

    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Tabs:
    """A row of tabs, each a page of its own."""

    tabs: Sequence[Tab]
    label: Words = VIEWS
    template: ClassVar[str] = "console/parts/tabs.html"


@dataclass(frozen=True)
class Empty:
    """What a page says where there is nothing yet: why, and what to do first."""

    title: Words
    text: Words = ""
    action: Action | None = None
    icon: str = "mood-empty"
    template: ClassVar[str] = "console/parts/empty.html"


@dataclass(frozen=True)
class Notice:
    """A paragraph that must be read before going on."""

    text: Words
    tone: str = "info"
    title: Words = ""
    action: Action | None = None
    template: ClassVar[str] = "console/parts/notice.html"

    def __post_init__(self) -> None:
        _tone(self.tone)

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


@dataclass(frozen=True)
class Facts:
    """Pairs of a word and its value: the head of a household's or a person's page."""

    pairs: Sequence[tuple[Words, object]]
    template: ClassVar[str] = "console/parts/facts.html"


@dataclass(frozen=True)
class Bar:
    """One hour of a chart: where its bar stands, in units of the drawing; whether the hour is written below."""

    hour: datetime
    number: int
    x: int
    y: int
    height: int
    mark: bool


@dataclass(frozen=True)
class Hours:
    """Numbers by hour as bars, with the numbers themselves to be opened below; nothing where there are none."""

    caption: Text
    numbers: Sequence[tuple[datetime, int]]
    template: ClassVar[str] = "console/parts/hours.html"
    tallest: ClassVar[int] = 46
    step: ClassVar[int] = 10

    @property
    def bars(self) -> list[Bar]:
        most = max((number for _hour, number in self.numbers), default=0)
        every = 2 if len(self.numbers) <= 12 else 6
        made = []
        for at, (hour, number) in enumerate(self.numbers):
            height = max(2, round(self.tallest * number / most)) if number else 0  # what is not nothing can be seen
            made.append(Bar(hour, number, 2 + self.step * at, self.tallest + 2 - height, height, hour.hour % every == 0))
        return made

    @property
    def width(self) -> int:
        return self.step * max(24, len(self.numbers))

    @property
    def alternative(self) -> Text:
        return Text("{caption}; the numbers stand below", "{caption}柱状图，数字见下表", caption=self.caption)
