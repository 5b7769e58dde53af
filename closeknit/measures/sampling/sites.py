"""The sites of an area on one day, and one site's own page."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Facts, Hours, Notice, Tab, Tabs, Tile
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.sampling.days import CATEGORY, Day, begins, days, sites
from closeknit.measures.tubes.kinds import Tube, badge
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

SAMPLES = Text("Samples by hour", "逐时采样")
NO_SITES = Empty(
    Text("No sampling site in this area", "本辖区无采样点"),
    Text(
        "Import places of the category test_site; what they record then stands here.", "导入类别为 test_site 的场所后，此处显示采样情况。"
    ),
    icon="map-pin",
)
NO_TUBES = Empty(
    Text("No tube on this day", "当日暂无采样管"),
    Text("A tube stands here from its first swab.", "登记第一份样本后，采样管列于此处。"),
    icon="test-pipe",
)
STATES = [("open", Text("At work", "采样中")), ("closed", Text("Closed", "已收点")), ("owed", Text("Owes something", "有欠项")),
          ("idle", Text("Not open", "未开放"))]  # fmt: skip


def _day(request: Request, pack: Policy, now: datetime) -> date:
    try:
        return clock.read_day(request.GET.get("day", ""))
    except ValueError:
        return now.astimezone(pack.timezone).date()


def _days_around(url: str, day: date) -> Tabs:
    """The day before, this one, and the one after."""
    shown = [day + timedelta(days=number) for number in (-1, 0, 1)]
    return Tabs([Tab(each.isoformat(), f"{url}?day={each.isoformat()}", each == day) for each in shown], Text("Day", "日期"))


def _is_in(row: Day, state: str) -> bool:
    return {"owed": bool(row.owed), "closed": row.closing is not None, "idle": not row.worked}.get(
        state, row.worked and row.closing is None
    )


SITES = Listing(
    columns=(
        Column("name", Text("Site", "采样点"), lambda row: row.place.name, lambda row: (row.place.area, row.place.code), phone="title",
               link=lambda row: f"{reverse('sampling.site', args=[row.place.code])}?day={localtime(row.start).date()}"),
        Column("state", Text("State", "状态"), lambda row: row.badge, lambda row: (len(row.owed), str(row.badge)), phone="end"),
        Column("samples", Text("Samples", "采样人次"), lambda row: row.samples, lambda row: row.samples, number=True),
        Column("now", Text("Last two hours", "近两小时"), lambda row: row.last_hour, lambda row: row.last_hour, number=True),
        Column("stations", Text("Stations", "采样台"), lambda row: row.stations or None, lambda row: row.stations, number=True),
        Column("open", Text("Tubes open", "未封管"), lambda row: row.open_tubes, lambda row: row.open_tubes, number=True),
        Column("tubes", Text("Tubes", "采样管"), lambda row: row.tubes, lambda row: row.tubes, number=True, hidden=True),
        Column("here", Text("Signed in", "在岗人数"), lambda row: len(row.here), lambda row: len(row.here), number=True),
        Column("bags", Text("Bags of waste", "医废袋数"), lambda row: (row.closing or {}).get("waste_bags"), number=True, hidden=True),
        Column("owes", Text("Owes", "欠项"), lambda row: row.owes or None, phone="wide"),
    ),
    order="name",
    empty=NO_SITES,
    filters=(Filter("state", Text("State", "状态"), where(_is_in), choices=STATES),),
    search=words_said(lambda row: (row.place.name, row.place.code)),
)  # fmt: skip


def sites_of(request: Request, area: str) -> HttpResponse:
    """All sites of an area on a day: who is open, how many an hour, what is owed."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    day = _day(request, pack, at.now)
    made = days(sites(area), area, begins(day, pack), at.now)
    samples, open_ = sum(each.samples for each in made), sum(1 for each in made if _is_in(each, "open"))
    owing = sum(1 for each in made if each.owed)
    tiles = [
        Tile(open_, Text("Open", "采样中"), "?state=open"), Tile(samples, Text("Samples", "采样人次")),
        Tile(sum(each.last_hour for each in made), Text("Last two hours", "近两小时")),
        Tile(sum(len(each.here) for each in made), Text("Signed in", "在岗人数")),
        Tile(owing, Text("Owe something", "有欠项"), "?state=owed", tone="bad" if owing else "good"),
    ]  # fmt: skip
    context = {"at": at, "tiles": tiles if made else [], "hours": by_hour(made, pack), "tabs": _days_around(request.path, day)}
    heading = Text("Sampling sites: {area}", "{area} 采样点", area=row.name)
    frame: dict[str, Any] = {"template": "sampling/sites.html", "heading": heading}
    return SITES.respond(request, made, context=context, crumbs=links.above(request.account, row, "sampling.sites"), **frame)


def by_hour(made: list[Day], pack: Policy) -> Hours:
    """Samples by hour of the day, of all these sites: from the first hour with one to the last."""
    numbers: dict[datetime, int] = {}
    for each in made:
        for hour, number in each.hours.items():
            numbers[hour] = numbers.get(hour, 0) + number
    if not numbers:
        return Hours(SAMPLES, [])
    first, last = min(numbers), max(numbers)
    hours = [first + timedelta(hours=number) for number in range(int((last - first).total_seconds() // 3600) + 1)]
    return Hours(SAMPLES, [(hour.astimezone(pack.timezone), numbers.get(hour, 0)) for hour in hours])


def area_of_site(code: str) -> str | None:
    """Where a site stands; None where there is no such site."""
    found: str | None = Place.objects.current().filter(code=code, category=CATEGORY).values_list("area", flat=True).first()
    return found


def site(request: Request, code: str) -> HttpResponse:
    """One site: its day by hour, its tubes, who stands there, its closing."""
    place = Place.objects.current().filter(code=code, category=CATEGORY).first()
    if place is None:
        raise Http404
    pack = policy(place.area)
    at = moment(request, pack)
    day = _day(request, pack, at.now)
    start = begins(day, pack)
    (one,) = days([place], place.area, start, at.now)
    tubes = Tube.objects.filter(place=code, last_at__gte=start, last_at__lt=start + timedelta(days=1))
    notices = [Notice(Text("Owed for this day: {what}.", "当日欠项：{what}。", what=one.owes), "watch")] if one.owed else []
    context = {"at": at, "hours": by_hour([one], pack), "tabs": _days_around(request.path, day), "facts": _facts(one), "notices": notices}
    area = Area.objects.current().get(code=place.area)
    crumbs = [*links.above(request.account, area, "sampling.sites"), (area.name, reverse("sampling.sites", args=[area.code]))]
    frame: dict[str, Any] = {"template": "sampling/site.html", "heading": place.name, "crumbs": crumbs}
    return TUBES.respond(request, tubes, context=context, actions=_actions(request, place, one), **frame)


def _facts(one: Day) -> Facts:
    closing = one.closing or {}
    people = names.members(stint.step.member for stint in one.here)
    waste = " · ".join(f"{closing[name]} {unit}" for name, unit in (("waste_bags", Text("bags", "袋")), ("waste_kg", Text("kg", "千克")))
                       if closing.get(name))  # fmt: skip
    return Facts(
        [
            (Text("State", "状态"), one.badge),
            (Text("Opened", "开放"), one.opened),
            (Text("Stations", "采样台"), one.stations or None),
            (Text("Samples", "采样人次"), one.samples),
            (Text("Tubes, of them open", "采样管（未封管）"), f"{one.tubes} ({one.open_tubes})"),
            (Text("Environment samples", "环境样本"), one.around or None),
            (Text("Signed in", "在岗"), "、".join(people.get(stint.step.member, stint.step.member) for stint in one.here) or None),
            (Text("Closed", "收点"), one.closed_at),
            (Text("Disinfected", "已消杀"), closing.get("disinfected")),
            (Text("Waste", "医废"), waste or None),
            (Text("Taken by", "转运人"), closing.get("carrier") or None),
        ]
    )


def _actions(request: Request, place: Place, one: Day) -> list[Action]:
    if not can(request.account, "testing.record"):
        return []

    def form(kind: str, **asks: str) -> str:
        query = urlencode({"place": place.code, "area": place.area, "next": request.path, **asks})
        return f"{reverse('records.record', args=[kind])}?{query}"

    open_ = Action(Text("Open", "开放"), form("testing.site_opened"), "door-enter", primary=True)
    close = Action(Text("Close", "收点"), form("testing.site_closed"), "lock")
    unsealed = Tube.objects.filter(place=place.code, seals__gt=0, hand_overs=0, receipts=0, result="").order_by("code")
    sealed = "\n".join(unsealed.values_list("code", flat=True)[:200])
    return [
        *([] if one.worked else [open_]),
        Action(Text("Sampler's desk", "采样登记台"), reverse("sampling.desk", args=[place.code]), "keyboard", primary=one.worked),
        Action(Text("Hand over", "样本交接"), form("testing.handed_over", **({"tubes": sealed} if sealed else {})), "package"),
        Action(Text("Environment sample", "环境采样"), form("testing.environment_sampled"), "plus"),
        *([close] if one.closing is None else []),
    ]  # fmt: skip


TUBES = Listing(
    columns=(
        Column(
            "code", Text("Tube", "管号"), lambda row: row.code, ("code",), lambda row: reverse("tubes.tube", args=[row.code]), phone="title"
        ),
        Column("state", Text("State", "状态"), badge, ("result", "receipts", "hand_overs", "seals", "code"), phone="end"),
        Column("persons", Text("Persons", "人数"), lambda row: row.persons, ("persons", "code"), number=True),
        Column("pool", Text("Pool of", "混采规格"), lambda row: row.pool, ("pool", "code"), number=True),
        Column("count", Text("Sealed over", "封管份数"), lambda row: row.sealed_count, ("sealed_count", "code"), number=True),
        Column("at", Text("Last swab", "最近采样"), lambda row: row.last_at, ("last_at", "code")),
    ),
    order="-at",
    empty=NO_TUBES,
    filters=(Filter("open", Text("Only open tubes", "仅看未封管"), lambda rows, _: rows.filter(seals=0, result=""), "flag"),),
    search=lambda rows, words: rows.filter(code__icontains=words),
)
