"""Items that no village has yet: the town gives each to one, with one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import areas_of
from closeknit.areas.models import Area, Level
from closeknit.console.lists.columns import Column, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty, Pressable, Tab, Tabs
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.lists.kinds import Item, told_of
from closeknit.policy.packs import policy
from closeknit.registry.reading.names import masked_name

NONE = Empty(
    Text("Every item has its village", "条目均已分派到村"),
    Text(
        "Rows that name no village that is known, and nobody of the register, stand here.",
        "未写明村（社区）、也不在册的条目列在此处，由乡镇分派。",
    ),
    icon="circle-check",
)


@dataclass(frozen=True)
class Giving(Pressable):
    """The press by which an item goes to a village."""

    item: Item
    told: dict[str, Any]
    villages: Sequence[tuple[str, str]]
    back: str
    template: ClassVar[str] = "lists/giving.html"

    @property
    def send_to(self) -> str:
        return reverse("lists.decide", args=[self.item.topic])


def unplaced(area: str) -> QuerySet[Item]:
    """The open items that lie above the villages."""
    above = Area.objects.below(area).exclude(level__in=(Level.VILLAGE, Level.GRID)).values("code")
    return Item.objects.open().filter(area__in=above)


def tabs(request: Request, area: str, here: str) -> Tabs:
    """What waits for a decision, with how much of it."""
    open_here = Item.objects.open().filter(area__in=Area.objects.below(area).values("code"))
    every = [
        ("pairs", Text("The same person?", "疑似人员比对"), Item.objects.to_compare() & open_here),
        ("places", Text("Without a village", "待分派"), unplaced(area)),
    ]
    if policy(area).has("health_code"):
        every.append(("colours", Text("Colours in doubt", "颜色待判"), open_here.filter(colour_doubtful=True)))
    return Tabs([Tab(word, reverse(f"lists.{name}", args=[area]), name == here, rows.count()) for name, word, rows in every])


def _dressed(request: Request, items: list[Item]) -> list[Giving]:
    told, back = told_of(items), request.get_full_path()
    villages = list(areas_of(request.account).filter(level=Level.VILLAGE).order_by("code").values_list("code", "name"))
    return [Giving(each, told.get(each.topic, {}), villages, back) for each in items]


def places(request: Request, area: str) -> HttpResponse:
    """The items without a village; whose address is shown is written to the trail."""
    row = Area.objects.current().get(code=area)
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda row: masked_name(str(row.told.get("name", ""))) or None, phone="title",
                   link=lambda row: reverse("lists.item", args=[row.item.topic])),
            Column("deadline", Text("By", "核查时限"), lambda row: row.item.deadline, sort=("deadline", "topic"), phone="end"),
            Column("address", Text("Address", "地址"), lambda row: row.told.get("address"), phone="wide"),
            Column("village", Text("Village as written", "所属村（原文）"), lambda row: row.told.get("village")),
            Column("list", Text("List", "名单"), lambda row: row.item.list, sort=("list", "topic")),
            Column("give", Text("Give to", "分派至"), lambda row: row, export=lambda row: "", phone="wide"),
        ),
        order="deadline",
        empty=NONE,
        search=words_in("list", "topic"),
        search_label=Text("List or code", "名单或编号"),
        codes=lambda row: [f"item:{row.item.topic}"],
        dress=partial(_dressed, request),
    )  # fmt: skip
    heading = Text("Items without a village: {area}", "{area} 待分派条目", area=row.name)
    crumbs = links.above(request.account, row, "lists.places")
    context = {"tabs": tabs(request, area, "places")}
    return listing.respond(request, unplaced(area), template="lists/waiting.html", context=context, heading=heading, crumbs=crumbs)
