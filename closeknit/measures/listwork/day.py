"""The day's end: what each village has open, overdue and closed, and who was reminded."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area, Level
from closeknit.console.lists.columns import Column, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.lists.kinds import OPEN, Channel, Item, Reminded
from closeknit.policy.packs import policy

NONE = Empty(
    Text("Nothing was pushed down here yet", "暂无推送名单"),
    Text("Once a list is brought in, each village stands here with what it has open.", "导入名单后，此处按村显示未办结条目。"),
    icon="clipboard-list",
)
CLEAR, LEFT = Badge(Text("All closed", "已清零"), "good"), Badge(Text("Not closed", "未办结"), "watch")
LATE = Badge(Text("Overdue", "超时"), "bad")
COUNTS = {
    "due": Count("pk"), "open": Count("pk", filter=Q(state__in=OPEN)), "returned": Count("pk", filter=Q(state="returned")),
    "first": Min("deadline", filter=Q(state__in=OPEN)),
}  # fmt: skip


@dataclass
class Reminders:
    """The button that notes a reminder."""

    unit: "Unit"
    template = "lists/remind.html"
    channels = tuple(Channel)


@dataclass
class Unit:
    """A village with its items; `first` is the deadline that comes, or came, first among those open."""

    code: str
    name: str
    shown_in: str
    due: int = 0
    open: int = 0
    overdue: int = 0
    pushed: int = 0
    closed: int = 0
    returned: int = 0
    first: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def badge(self) -> Badge:
        return LATE if self.overdue else LEFT if self.open else CLEAR

    @property
    def url(self) -> str:
        return reverse("lists.items", args=[self.code])

    @property
    def reminders(self) -> Reminders | None:
        return Reminders(self) if self.open else None


def units(area: str, now: datetime, since: datetime) -> list[Unit]:
    """The villages of an area that have items, the worst first; what lies above the villages stands under its own area."""
    held = Item.objects.filter(area__in=Area.objects.below(area).values("code"))
    today = {"pushed": Count("pk", filter=Q(pushed_at__gte=since)), "overdue": Count("pk", filter=Q(state__in=OPEN, deadline__lte=now)),
             "closed": Count("pk", filter=Q(state="verified", changed_at__gte=since))}  # fmt: skip
    rows = list(held.values("area").annotate(**COUNTS, **today))
    villages = _villages(area)
    names = Area.objects.names({villages.get(row["area"], row["area"]) for row in rows})
    found: dict[str, Unit] = {}
    for row in rows:
        code = villages.get(row["area"], row["area"])
        unit = found.setdefault(code, Unit(code, names.get(code, code), area))
        for name in ("due", "open", "overdue", "pushed", "closed", "returned"):
            setattr(unit, name, getattr(unit, name) + row[name])
        unit.first = min(filter(None, (unit.first, row["first"])), default=None)
    for event in in_area(standing(Reminded), area).filter(at__gte=since).order_by("at").defer("personal", "digest"):
        if event.data["unit"] in found:
            found[event.data["unit"]].reminded_at = event.at
    return sorted(found.values(), key=lambda each: (-each.overdue, -each.open, each.code))


def _villages(area: str) -> dict[str, str]:
    """For each area the village in which it lies."""
    rows = Area.objects.below(area).values_list("code", "path", "level")
    known = {code for code, _, level in rows if level == Level.VILLAGE}
    return {code: next((each for each in path.strip("/").split("/") if each in known), code) for code, path, _ in rows}


UNITS = Listing(
    columns=(
        Column("unit", Text("Village", "村（社区）"), lambda row: row.name, sort=lambda row: row.code, link=lambda row: row.url,
               phone="title"),
        Column("state", Text("Day's end", "日清日结"), lambda row: row.badge, sort=lambda row: (-row.overdue, -row.open, row.code),
               phone="end", export=lambda row: row.badge.label),
        Column("open", Text("Open", "未办结"), lambda row: row.open, sort=lambda row: row.open, number=True),
        Column("overdue", Text("Overdue", "超时"), lambda row: row.overdue, sort=lambda row: row.overdue, number=True),
        Column("closed", Text("Closed today", "今日办结"), lambda row: row.closed, sort=lambda row: row.closed, number=True),
        Column("pushed", Text("Pushed today", "今日推送"), lambda row: row.pushed, sort=lambda row: row.pushed, number=True),
        Column("due", Text("All items", "条目总数"), lambda row: row.due, sort=lambda row: row.due, number=True, hidden=True),
        Column("returned", Text("Returned", "退回"), lambda row: row.returned, sort=lambda row: row.returned, number=True, hidden=True),
        Column("first", Text("Next deadline", "最近时限"), lambda row: row.first),
        Column("reminded", Text("Reminded", "催办"), lambda row: row.reminded_at),
    ),
    order="state",
    empty=NONE,
    search=words_said(lambda row: (row.name, row.code)),
)  # fmt: skip
REMIND = Column("remind", Text("Remind", "催办登记"), lambda row: row.reminders, export=lambda row: "", phone="wide")


def day(request: Request, area: str) -> HttpResponse:
    """LST-04: by village, what is open at the day's end."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    midnight = at.now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    columns = (*UNITS.columns, *((REMIND,) if can(request.account, "lists.manage") else ()))
    listing = Listing(columns, UNITS.order, UNITS.empty, search=UNITS.search)
    crumbs = [*links.above(request.account, row, "lists.day")]
    actions = [Action(Text("The items", "全部条目"), reverse("lists.items", args=[area]), "list-check")]
    heading = Text("Lists at the day's end: {area}", "{area} 名单日清", area=row.name)
    return listing.respond(
        request,
        units(area, at.now, midnight),
        template="lists/day.html",
        context={"at": at},
        heading=heading,
        crumbs=crumbs,
        actions=actions,
    )
