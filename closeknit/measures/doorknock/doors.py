"""The doors of a sweep as a list: which, in what order, and what each row shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.coverage.asked import Asked
from closeknit.console.parts import Badge, Pressable
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.templatetags.texts import plain
from closeknit.kit.text import Text
from closeknit.measures.doorknock.kinds import Outcome
from closeknit.measures.doorknock.rules import is_final

COLUMNS = ("code", "area", "order", "word", "last", "tries", "refusals")
STATES: dict[str, Text] = {
    "left": Text("Left", "未落实"),
    "never": Text("Never tried", "未上门"),
    "absent": Text("Nobody home", "无人在家"),
    "refused": Text("Refused", "拒绝"),
    "final": Text("Refused finally", "不再上门"),
    "settled": Text("Settled", "已落实"),
    "due": Text("All due", "全部应走访"),
}
TONES = {"met": "good", "moved": "good", "vacant": "good", "absent": "watch", "refused": "info", "never": "quiet"}
NEVER = Text("Never tried", "未上门")
FINAL = Text("Refused finally", "拒绝，不再上门")


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """The doors of a state. "Could not" and refusals are work done, and stay among those that are left."""
    wanted = {
        "left": ~Q(word__endswith=live.REACHED),
        "never": Q(word=live.NEVER),
        "absent": Q(word="absent"),
        "refused": Q(word__startswith="refused"),
        "final": Q(word=f"refused{live.FINAL}"),
        "settled": Q(word__endswith=live.REACHED),
    }.get(state)
    return rows if wanted is None else rows.filter(wanted)


def doors(asked: Asked, state: str = "due") -> list[QuerySet[Any]]:
    """The doors of a sweep that the reader may see by name, unfetched: of the register, and found ones."""
    if asked.campaign is None:
        return []
    all_rows = live.listed(asked.campaign, asked.area.code, final_after=asked.final_after)
    seen = [rows if asked.sees_final else rows.exclude(word__endswith=live.FINAL) for rows in all_rows]
    return [in_state(rows, state) for rows in seen]


@dataclass(frozen=True)
class Presses(Pressable):
    """A row's buttons: one press records. `then` is the door to which the list goes on."""

    door: "Door"
    then: str
    template: ClassVar[str] = "doorknock/presses.html"
    outcomes: ClassVar[list[tuple[int, Outcome]]] = [(number, each) for number, each in enumerate(Outcome, 1) if each is not Outcome.MET]

    @property
    def visit(self) -> str:
        """Where the buttons send to."""
        return links.to("doorknock.visit", area=self.door.asked.area.code)

    @property
    def back(self) -> str:
        """The list again, at the next door."""
        return self.door.asked.request.get_full_path() + (f"#d-{self.then}" if self.then else "")

    @property
    def met(self) -> str:
        """The form for a visit where somebody was met; afterwards back to the list."""
        query = urlencode({"household": self.door.code, "outcome": "met", "next": self.back})
        return f"{links.to('records.record', kind='doorknock.visited')}?{query}"


@dataclass(frozen=True)
class Door:
    """One row of the list."""

    asked: Asked
    code: str
    area_name: str
    word: str
    last: datetime | None
    tries: int
    refusals: int
    called: Called | None = None
    member: str = ""
    then: str = ""

    @property
    def outcome(self) -> str:
        return self.word.rstrip(live.REACHED + live.FINAL)

    @property
    def badge(self) -> Badge:
        """The last word on the door."""
        if is_final(self.outcome, self.refusals, self.asked.final_after):
            return Badge(FINAL, "info", "ban")
        label = NEVER if self.outcome == live.NEVER else Outcome(self.outcome).label
        return Badge(label, TONES[self.outcome])

    @property
    def url(self) -> str:
        """The household's own page."""
        return links.to("register.household", code=self.code)

    @property
    def name(self) -> str:
        """Who stands first in the household; its code where nobody is known."""
        return (self.called.name if self.called else "") or str(self.label)

    @property
    def address(self) -> str:
        return self.called.address if self.called else ""

    @property
    def label(self) -> Text | str:
        """Its code as people read it."""
        return names.code_words(self.code)

    @property
    def where(self) -> SafeString:
        """Its address and its code."""
        return format_html('{} <span class="quiet nowrap">{}</span>', self.address, self.label)

    @property
    def last_word(self) -> SafeString:
        """What was said of it last, when and by whom."""
        badge = render_to_string(self.badge.template, {"part": self.badge})
        if self.last is None:
            return badge
        return format_html('{} <span class="quiet nowrap">{} {}</span>', badge, plain(self.last), self.member)

    @property
    def presses(self) -> Presses:
        return Presses(self, self.then)


def shown(asked: Asked, rows: Iterable[dict[str, Any]], *, full: bool) -> list[Door]:
    """The rows of one page with names, addresses and who was there last; a few statements, however many rows."""
    rows = list(rows)
    codes = [row["code"] for row in rows]
    called = names.households(codes, full=full)
    areas = Area.objects.names({row["area"] for row in rows})
    reaches = live.reaches(asked.campaign, codes) if asked.campaign else {}
    people = names.members(reach.member for reach in reaches.values())
    found = []
    for row, then in zip(rows, [*codes[1:], ""][: len(codes)], strict=True):
        member = reaches[row["code"]].member if row["code"] in reaches else ""
        found.append(
            Door(
                asked, row["code"], areas.get(row["area"], row["area"]), row["word"], row["last"], row["tries"], row["refusals"],
                called.get(row["code"]), people.get(member, member), then,
            )
        )  # fmt: skip
    return found
