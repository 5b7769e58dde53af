"""The library: every text that holds here, what waits for a decision first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.library.kinds import About, Form, LibraryText, holding_in, texts

FORMS = {each.value: each.label for each in Form}
ABOUTS = {each.value: each.label for each in About}
STATES = {
    "waiting": (Text("Waits for approval", "待审定"), "watch"), "sent_back": (Text("Sent back", "退回修改"), "bad"),
    "approved": (Text("Approved", "已审定"), "good"), "withdrawn": (Text("Withdrawn", "已停用"), "quiet"),
}  # fmt: skip
RANK = list(STATES)
WRITE = Text("Write a text", "编写文稿")
NONE = Empty(
    Text("No text yet", "文稿库为空"),
    Text(
        "Write a text, a rhyme, what a recording or a poster says. Once somebody has approved it, it can be broadcast, posted and sent.",
        "请编写文稿、顺口溜、音频稿或海报内容；审定后方可广播、张贴、推送。",
    ),
    icon="file-text",
)


@dataclass(frozen=True)
class Line:
    """One text as the list shows it: its newest version, and the one that may be used."""

    text: LibraryText
    area: str
    writer: str
    approver: str

    @property
    def data(self) -> dict[str, Any]:
        """What the newest version says."""
        said: dict[str, Any] = self.text.latest.written.data
        return said

    @property
    def badge(self) -> Badge:
        return Badge(*STATES[self.text.latest.state])

    @property
    def usable(self) -> int | None:
        return self.text.in_force.number if self.text.in_force else None

    @property
    def rank(self) -> tuple[int, str]:
        return RANK.index(self.text.latest.state), self.text.code


def lines(found: Iterable[LibraryText]) -> list[Line]:
    """The texts with the names of who wrote and who approved what is in force; two statements."""
    found = list(found)
    areas = Area.objects.names({each.area for each in found})
    who = names.members({version.written.member for each in found for version in each.versions} | {_approver(each) for each in found})
    return [
        Line(each, areas.get(each.area, each.area), who.get(each.latest.written.member, each.latest.written.member),
             who.get(_approver(each), _approver(each)))
        for each in found
    ]  # fmt: skip


def _approver(text: LibraryText) -> str:
    return text.in_force.decided.member if text.in_force and text.in_force.decided else ""


LISTING = Listing(
    columns=(
        Column("title", Text("Text", "文稿"), lambda row: row.data["title"], sort=lambda row: row.data["title"], phone="title",
               link=lambda row: reverse("library.text", args=[row.text.code])),
        Column("state", Text("Newest version", "最新版状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("form", Text("Form", "形式"), lambda row: FORMS[row.data["form"]], sort=lambda row: (row.data["form"], row.text.code)),
        Column("about", Text("About", "内容类别"), lambda row: ABOUTS[row.data["about"]],
               sort=lambda row: (row.data["about"], row.text.code)),
        Column("version", Text("Versions", "版本数"), lambda row: row.text.latest.number, number=True,
               sort=lambda row: (row.text.latest.number, row.text.code)),
        Column("usable", Text("Version in force", "可用版本"), lambda row: row.usable, number=True,
               sort=lambda row: (row.usable or 0, row.text.code)),
        Column("approver", Text("Approved by", "审定人"), lambda row: row.approver or None),
        Column("writer", Text("Written by", "撰稿人"), lambda row: row.writer),
        Column("area", Text("Holds in", "适用地区"), lambda row: row.area, sort=lambda row: (row.text.area, row.text.code)),
        Column("code", Text("Number", "编号"), lambda row: row.text.code, sort=lambda row: row.text.code),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: row.text.latest.state == state),
               choices=[(name, word) for name, (word, _) in STATES.items()]),
        Filter("about", Text("About", "内容类别"), where(lambda row, value: row.data["about"] == value), choices=list(ABOUTS.items())),
        Filter("form", Text("Form", "形式"), where(lambda row, value: row.data["form"] == value), choices=list(FORMS.items())),
        Filter("usable", Text("In force only", "仅看可用"), lambda rows, _: [row for row in rows if row.usable], "flag"),
    ),
    search=words_said(lambda row: (row.data["title"], row.data["words"], row.text.code, row.area)),
)  # fmt: skip


def library(request: Request, area: str) -> HttpResponse:
    """The texts of an area, of the areas below it, and those from above that hold here."""
    row = Area.objects.current().get(code=area)
    below = set(Area.objects.below(area).values_list("code", flat=True))
    above = {each.code for each in holding_in(area)}
    found = [each for each in texts().values() if each.area in below or each.code in above]
    actions = [Action(Text("Public page", "公开页面"), links.to("rights.area", area=area), "world")]
    if can(request.account, "outreach.record"):
        actions.append(Action(WRITE, reverse("library.write", args=[area]), "plus", primary=True))
    heading = Text("Library of texts: {area}", "{area} 宣传文稿库", area=row.name)
    return LISTING.respond(
        request, lines(found), heading=heading, crumbs=links.above(request.account, row, "library.texts"), actions=actions
    )
