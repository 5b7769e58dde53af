"""People and person-times by day, place and unit; and what days of service each member has."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.workforce.kinds import SignedIn, post_code, post_words
from closeknit.measures.workforce.screens import NONE
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member, Place

SINCE = timedelta(days=31)
DETAIL = {
    "day": Text("By day", "按日"), "unit": Text("By unit", "按单位"), "where": Text("By place", "按地点"),
    "post": Text("By post", "按岗位"),
    "member": Text("By person", "按人"), "all": Text("Day, place, unit", "日期、地点、单位"),
}  # fmt: skip


class Served(NamedTuple):
    """A member's day at a place: what person-times count."""

    day: date
    member: str
    where: str
    unit: str
    post: str


@dataclass(frozen=True)
class Line:
    """People and person-times of one group. `key` are the parts by which it is grouped, in words."""

    day: date | None
    unit: str
    where: str
    post: Text | str
    name: str
    people: int
    times: int


def services(area: str, start: datetime, end: datetime, pack: Policy, as_of: datetime | None = None) -> list[Served]:
    """The days of service of an area's sign-ins, each member once a place and local day; two statements."""
    events = in_area(standing(SignedIn, as_of=as_of), area, as_of).filter(at__gt=start, at__lte=end).order_by("at", "id")
    rows = list(events.values_list("at", "member", "place", "area", "data__unit", "data__post"))
    units = dict(Member.objects.current().filter(code__in={row[1] for row in rows}).values_list("code", "unit"))
    made: dict[tuple[date, str, str], Served] = {}
    for at, member, place, lies_in, unit, post in rows:
        day = at.astimezone(pack.timezone).date()
        made.setdefault(
            (day, member, place or lies_in),
            Served(day, member, place or lies_in, unit or units.get(member, ""), post_code(post or "", pack)),
        )
    return list(made.values())


def pivot(rows: list[Served], by: tuple[str, ...]) -> dict[tuple[object, ...], tuple[int, int]]:
    """People and person-times by these parts of a day of service."""
    times: Counter[tuple[object, ...]] = Counter()
    people: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for row in rows:
        key = tuple(getattr(row, part) for part in by)
        times[key] += 1
        people[key].add(row.member)
    return {key: (len(people[key]), number) for key, number in times.items()}


COLUMNS = {
    "day": Column("day", Text("Day", "日期"), lambda row: row.day, sort=lambda row: row.day, phone="title"),
    "where": Column("where", Text("Where", "地点"), lambda row: row.where, sort=lambda row: row.where),
    "unit": Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=lambda row: row.unit),
    "post": Column("post", Text("Post", "岗位"), lambda row: row.post or None, sort=lambda row: str(row.post)),
    "member": Column("member", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name),
}
NUMBERS = (
    Column("people", Text("People", "人数"), lambda row: row.people, sort=lambda row: row.people, number=True, phone="end"),
    Column("times", Text("Person-times", "人次"), lambda row: row.times, sort=lambda row: row.times, number=True),
)
PARTS: dict[str, tuple[str, ...]] = {"all": ("day", "where", "unit"), "member": ("member", "unit")}


def _listing(by: tuple[str, ...]) -> Listing:
    return Listing(
        columns=(*(COLUMNS[part] for part in by), *NUMBERS),
        order="-day" if "day" in by else "-times",
        empty=NONE,
        filters=(Filter("unit", Text("Unit", "单位"), where(lambda row, value: value == row.unit), type="text"),) if "unit" in by else (),
        search=words_said(lambda row: (row.where, row.unit, row.day, row.post, row.name)),
    )


def days(request: Request, area: str) -> HttpResponse:
    """People and person-times of the last month, by `?by=`: day, unit, where, post, member; each member once a place and day."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    chosen = request.GET.get("by", "all") if request.GET.get("by") in DETAIL else "all"
    by = PARTS.get(chosen, (chosen,))
    rows = services(area, at.now - SINCE, at.now, pack, at.as_of)
    lines = _lines(pivot(rows, by), by, pack)
    url = reverse("workforce.days", args=[area])
    tabs = Tabs([Tab(word, f"{url}?by={name}", name == chosen) for name, word in DETAIL.items()])
    context = {"people": len({each.member for each in rows}), "times": len(rows), "tabs": tabs}
    crumbs = [*links.above(request.account, row, "workforce.now"), (row.name, reverse("workforce.now", args=[area]))]
    return _listing(by).respond(request, lines, template="workforce/days.html", context=context, crumbs=crumbs)


def _lines(groups: dict[tuple[object, ...], tuple[int, int]], by: tuple[str, ...], pack: Policy) -> list[Line]:
    keys = [dict(zip(by, key, strict=True)) for key in groups]
    codes = {str(key["where"]) for key in keys if "where" in key}
    wheres = {**Area.objects.names(codes), **dict(Place.objects.current().filter(code__in=codes).values_list("code", "name"))}
    people = names.members(str(key["member"]) for key in keys if "member" in key)

    def line(key: dict[str, object], numbers: tuple[int, int]) -> Line:
        place, member, day = str(key.get("where", "")), str(key.get("member", "")), key.get("day")
        return Line(
            day if isinstance(day, date) else None, str(key.get("unit", "")), wheres.get(place, place),
            post_words(str(key.get("post", "")), pack), people.get(member, member), *numbers,
        )  # fmt: skip

    return [line(key, numbers) for key, numbers in zip(keys, groups.values(), strict=True)]
