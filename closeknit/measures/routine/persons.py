"""The people of key populations, those overdue first: to call, to sample at home; on the screen, on paper, as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from closeknit.access.scope import areas_of, can, visible
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.rules import next_due, state
from closeknit.campaigns.cadences.standing import Kept, Today, lives_below, today
from closeknit.campaigns.models import Owing
from closeknit.console.lists.columns import Column, Filter, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Actions, Badge
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.routine.words import DRAWN, NO_GROUP, NOBODY, OUTSIDE, STATES
from closeknit.policy.packs import policy
from closeknit.registry.models import Found, Person
from closeknit.registry.searching import search_persons

MOST_FOUND = 400
RECORD = (("home", Text("Sampled at home", "上门采样"), "home"), ("call", Text("Called", "电话登记"), "phone"))
FIND = Text("Code, name, end of the ID or phone", "人员编号、姓名、证件或手机末位")


@dataclass(frozen=True)
class Line:
    """One person of one group."""

    row: Any
    kept: Kept
    due: date | None
    state: str
    called: Called | None
    phone: str
    lives_in: str
    ways: dict[str, str]

    @property
    def name(self) -> Text | str:
        """Who it is; of somebody who lives elsewhere nothing."""
        return OUTSIDE if self.called is None else self.called.name or names.code_words(self.row.person)

    @property
    def badge(self) -> Badge | str:
        return Badge(*STATES[self.state]) if self.state else ""

    @property
    def why(self) -> Text | str:
        return DRAWN if self.row.draw else self.row.school_class

    def action(self, name: str, label: Text | str, icon: str) -> Action | str:
        """A way on, where there is one."""
        return Action(label, self.ways[name], icon) if self.ways.get(name) else ""


def _due(row: Any, kept: Kept, seen: Today) -> tuple[date | None, str]:
    zone = seen.begins.tzinfo
    last = row.last.astimezone(zone).date() if row.last else None
    if row.draw:
        day = (row.due_by - timedelta(days=1)).astimezone(zone).date()
        done = row.last is not None and row.last >= row.since
        return day, "later" if done else state(min(day, seen.today), seen.today)
    if kept.is_drawn:
        return None, ""
    day = next_due(last, row.since.astimezone(zone).date(), kept.days)
    return day, state(day, seen.today)


def _dressed(request: Request, seen: Today, rows: Iterable[Any]) -> list[Line]:
    rows = list(rows)
    may_record = can(request.account, "testing.record")
    codes = {row.person for row in rows}
    homes = dict(visible(Person.objects.current(), request.account).filter(code__in=codes).values_list("code", "area"))
    homes |= dict(visible(Found.objects.all(), request.account).filter(code__in=codes).values_list("code", "area"))
    called = names.of("person", list(homes), full=names.in_full(request.account, "testing.record"))
    whole = names.persons(list(homes), full=True)
    areas = Area.objects.names(homes.values())
    made = []
    for row in rows:
        held = seen.groups[row.group]
        phone = whole[row.person].phone if row.person in whole else ""
        ways = _ways(request, row, held, homes[row.person], phone) if may_record and row.person in homes else {}
        lives_in = areas.get(homes.get(row.person, ""), "")
        made.append(Line(row, held, *_due(row, held, seen), called.get(row.person), phone, lives_in, ways))
    return made


def _ways(request: Request, row: Any, held: Kept, area: str, phone: str) -> dict[str, str]:
    back = {"person": row.person, "area": area, "next": request.get_full_path()}
    call = links.to("records.record", kind="doorknock.phoned") if can(request.account, "doorknock.record") else ""
    leave = {**back, "group": row.group, "area": held.group.area}
    return {
        "phone": f"tel:{phone}" if phone else "",
        "home": f"{links.to('records.record', kind='testing.sampled')}?{urlencode({**back, 'mode': 'home', 'pool': '1'})}",
        "call": f"{call}?{urlencode(back)}" if call else "",
        "left": f"{links.to('records.record', kind='routine.member_left')}?{urlencode(leave)}" if not row.draw else "",
    }


def _searched(rows: QuerySet[Owing], words: str) -> QuerySet[Owing]:
    people = search_persons(words, Person.objects.current().filter(code__in=rows.values("person")), most=MOST_FOUND)
    return rows.filter(Q(person__icontains=words) | Q(person__in=[each.code for each in people]))


def _columns(seen: Today, may_record: bool) -> Sequence[Column]:
    def record(line: Line) -> Actions | str:
        return Actions(ways) if (ways := [way for each in RECORD if isinstance(way := line.action(*each), Action)]) else ""

    def phone(line: Line) -> Action | str:
        return line.action("phone", names.masked_phone(line.phone), "phone")

    return (
        Column("name", Text("Name", "姓名"), lambda line: line.name, phone="title",
               link=lambda line: links.to("register.person", code=line.row.person) if line.called else ""),
        Column("code", Text("Code", "人员编号"), lambda line: line.row.person if line.called else "", ("person", "group"), hidden=True),
        Column("state", Text("State", "状态"), lambda line: line.badge, phone="end"),
        Column("due", Text("Due", "应检日"), lambda line: line.due, ("due_at", "group", "person")),
        Column("last", Text("Last sample", "末次采样"), lambda line: line.row.last, ("last", "group", "person")),
        Column("group", Text("Group", "人群组"), lambda line: line.kept.label, ("group", "school_class", "person"),
               link=lambda line: "" if line.row.group in seen.lent else links.to("routine.group", code=line.row.group)),
        Column("class", Text("Class, draw", "班级或抽检"), lambda line: line.why or None, ("school_class", "group", "person")),
        Column("village", Text("Lives in", "居住地"), lambda line: line.lives_in or None),
        Column("phone", Text("Telephone", "联系电话"), phone, export=lambda line: names.masked_phone(line.phone)),
        *((
            Column("record", Text("Record", "登记"), record, export=lambda line: "", phone="wide"),
            Column("left", Text("Leave", "移出"), lambda line: line.action("left", Text("Left the group", "移出本组"), "arrow-right"),
                   export=lambda line: "", phone="wide", hidden=True),
        ) if may_record else ()),
    )  # fmt: skip


def _filters(request: Request, seen: Today) -> Sequence[Filter]:
    places = names.places({kept.group.place for kept in seen.groups.values()} - {""})
    at = {code: [group for group, kept in seen.groups.items() if kept.group.place == code] for code in places}
    classes = [(each, each) for each in sorted(set(_classes(seen.groups)))][:200]
    villages = list(areas_of(request.account).filter(level__in=("village", "grid")).order_by("path").values_list("code", "name")[:400])
    draw = Filter("draw", Text("Draw", "抽检批次"), lambda rows, value: rows.filter(draw__in=_ids([value])), type="text")
    return (
        Filter("state", Text("State", "状态"), lambda rows, value: rows.filter(seen.in_state(value)), standing="overdue",
               choices=[(name, word) for name, (word, _) in STATES.items()]),
        Filter("group", Text("Group", "人群组"), equals("group"), choices=[(code, kept.label) for code, kept in seen.groups.items()]),
        Filter("place", Text("Place", "场所"), lambda rows, value: rows.filter(group__in=at[value]),
               choices=[(code, place.name) for code, place in places.items()]),
        Filter("class", Text("Class", "班级"), equals("school_class"), choices=classes),
        Filter("village", Text("Lives in", "居住地"), lambda rows, value: rows.filter(lives_below(value)), choices=villages),
        *([draw] if request.GET.get("draw") else []),
    )  # fmt: skip


def _classes(groups: Iterable[str]) -> QuerySet[Owing, str]:
    return Owing.objects.filter(group__in=list(groups)).exclude(school_class="").values_list("school_class", flat=True).distinct()


def _ids(texts: Sequence[str]) -> Sequence[str]:
    return [text for text in texts if len(text) == 36 and text.count("-") == 4 and set(text) <= set("0123456789abcdef-")]


def persons(request: Request, area: str) -> HttpResponse:
    """The people of the key populations of an area; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    seen = today(area, pack, clock.now(), lent=True)
    listing = Listing(
        columns=_columns(seen, can(request.account, "routine.record")),
        order="due",
        empty=NOBODY if seen.groups else NO_GROUP,
        filters=_filters(request, seen) if seen.groups else (),
        search=_searched,
        search_label=FIND,
        codes=lambda line: [line.row.person] if line.called else [],
        dress=partial(_dressed, request, seen),
    )
    heading = Text("Routine testing: {area}", "{area} 重点人群应检名单", area=row.name)
    crumbs = [*links.above(request.account, row, "routine.persons"), (row.name, links.to("routine.groups", area=area))]
    return listing.respond(request, seen.rows(), heading=heading, crumbs=crumbs)
