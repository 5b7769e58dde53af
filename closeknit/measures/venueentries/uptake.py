"""Entries by unit and by venue, and how many of them came by code: a target of promotion beside which the way by hand counts the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.venueentries.counts import Came, by_area, by_place
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

DAYS = 7
ENTRIES, VENUES = Text("Entries at venues", "场所进入登记"), Text("By venue", "按场所")
NONE = Empty(
    Text("No venue in this area yet", "本辖区尚无登记场所"),
    Text("Register venues first; what their entrances record then stands here.", "请先登记场所，出入口登记后此处显示人次。"),
    icon="building-store",
)
BARE = Text("Numbers only: from here no way leads to people.", "仅列人次，不可由此查人。")


@dataclass(frozen=True)
class Unit:
    """One area's or venue's line: today and the last days. wanted: the share in a hundred that is aimed at, 0 where there is none."""

    name: str
    url: str
    today: Came
    days: Came
    wanted: int
    category: str = ""
    code: str = ""

    @property
    def badge(self) -> Badge | str:
        """How the share stands to the target."""
        share = self.days.share
        if share is None:
            return Badge(Text("no entries", "无登记"), "quiet")
        if not self.wanted:
            return f"{share}%"
        return Badge(f"{share}%", "good" if share >= self.wanted else "watch")


def _columns(name: Text) -> Sequence[Column]:
    return (
        Column("name", name, lambda unit: unit.name, sort=lambda unit: unit.name, link=lambda unit: unit.url, phone="title"),
        Column("share", Text("By code", "用码比例"), lambda unit: unit.badge, sort=lambda unit: unit.days.share or 0,
               export=lambda unit: unit.days.share, phone="end"),
        Column("today", Text("Today", "今日人次"), lambda unit: unit.today.entries, sort=lambda unit: unit.today.entries, number=True),
        Column("days", Text("In {n} days", "近 {n} 天", n=DAYS), lambda unit: unit.days.entries, sort=lambda unit: unit.days.entries,
               number=True),
        Column("by_hand", Text("On paper or by card", "纸质或证件"), lambda unit: unit.days.by_hand,
               sort=lambda unit: unit.days.by_hand, number=True),
        Column("helped", Text("Registered by somebody else", "他人代登记"), lambda unit: unit.days.helped,
               sort=lambda unit: unit.days.helped, number=True),
        Column("refused", Text("Not let in", "未放行"), lambda unit: unit.days.refused, sort=lambda unit: unit.days.refused, number=True),
    )  # fmt: skip


def entries(request: Request, area: str) -> HttpResponse:
    """The units of an area: those right below it, with the entries of all below them."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    begins = now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    below = list(Area.objects.below(area))
    codes = [each.code for each in below]
    today, days = (by_area(codes, start, now + timedelta(hours=1)) for start in (begins, begins - timedelta(days=DAYS - 1)))
    wanted = round(100 * float(pack.get("venues.by_code_wanted")))
    units: dict[str, Unit] = {}
    total = Unit(row.name, "", Came(), Came(), wanted)
    names = {each.code: each.name for each in below}
    for each in below:
        code = each.path.partition(f"/{area}/")[2].split("/")[0] or area
        unit = units.setdefault(code, Unit(names[code], links.to("venues.by_venue", area=code), Came(), Came(), wanted))
        for line in (unit, total):
            line.today.add(today[each.code])
            line.days.add(days[each.code])
    listing = Listing(columns=_columns(Text("Unit", "单位")), order="share", empty=NONE, search=words_said(lambda unit: (unit.name,)))
    heading = Text("Entries at venues: {area}", "{area} 场所进入登记", area=row.name)
    context = {"total": total, "bare": BARE, "days": DAYS}
    crumbs = links.above(request.account, row, "venues.entries")
    way = [Action(VENUES, links.to("venues.by_venue", area=area), "building-store", primary=True)]
    page: dict[str, Any] = {"context": context, "heading": heading, "crumbs": crumbs, "actions": way}
    return listing.respond(request, list(units.values()), template="venueentries/entries.html", **page)


def venues(request: Request, area: str) -> HttpResponse:
    """The venues of an area, each with its numbers and the way to its desk."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    begins = now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    inside = Area.objects.below(area).values("code")
    places = list(Place.objects.current().filter(area__in=inside, category__in=pack.get("venues.categories")).order_by("name", "code"))
    codes = [place.code for place in places]
    today, days = (by_place(codes, start, now + timedelta(hours=1)) for start in (begins, begins - timedelta(days=DAYS - 1)))
    wanted = round(100 * float(pack.get("venues.by_code_wanted")))
    lines = [
        Unit(each.name, links.to("venues.desk", code=each.code), today[each.code], days[each.code], wanted, each.category, each.code)
        for each in places
    ]
    present = sorted({place.category for place in places})
    listing = Listing(
        columns=(*_columns(Text("Venue", "场所")),
                 Column("category", Text("Category", "类别"), lambda unit: category(unit.category), sort=lambda unit: unit.category,
                        hidden=True)),
        order="-days", empty=NONE,
        filters=(Filter("category", Text("Category", "类别"), where(lambda unit, value: unit.category == value),
                        choices=[(code, category(code)) for code in present]),) if places else (),
        search=words_said(lambda unit: (unit.name, unit.code)),
    )  # fmt: skip
    crumbs = [*links.above(request.account, row, "venues.entries"), (row.name, links.to("venues.entries", area=area))]
    return listing.respond(request, lines, heading=Text("Venues: {area}", "{area} 场所", area=row.name), crumbs=crumbs)
