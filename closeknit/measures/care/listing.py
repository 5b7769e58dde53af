"""The list of people who need help: who has waited longest first, a visit recorded from the row, on paper for a walk."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tile
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.care.kinds import Tag
from closeknit.measures.care.people import Cared, people
from closeknit.measures.care.rules import cadence, is_missed, next_visit
from closeknit.measures.command.kinds import moment
from closeknit.policy.packs import policy
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

TAGS = {each.value: each.label for each in Tag}
STATES = [("gap", Text("Not seen in time", "超期未探访")), ("seen", Text("Seen in time", "已按期探访")), ("all", Text("All", "全部"))]
NONE = Empty(
    Text("Nobody is on the list yet", "暂无需关爱人员"),
    Text(
        "Who lives alone, cannot move, is disabled, has no home or no smartphone comes from the roster, or is tagged here.",
        "独居、行动不便、残疾、居无定所、无智能手机人员由名册带入，也可在此登记标签。",
    ),
    icon="heart-handshake",
)
MOST_FOUND = 200


@dataclass(frozen=True)
class Line:
    """Somebody as the list shows them; `called` and `who` are known where they are shown."""

    cared: Cared
    area: str
    every: int
    missed: bool
    called: Called | None = None
    who: str = ""

    @property
    def name(self) -> str:
        return (self.called.name if self.called else "") or str(names.code_words(self.cared.code))

    @property
    def badge(self) -> Badge:
        if self.missed:
            return Badge(Text("Not seen in time", "超期未探访") if self.cared.last else Text("Never seen", "从未探访"), "bad")
        return Badge(Text("Seen", "已探访"), "good")

    @property
    def tags(self) -> str:
        return "、".join(str(TAGS[tag]) for tag in self.cared.tags)

    @property
    def due(self) -> datetime | None:
        return next_visit(self.cared.last.at if self.cared.last else None, self.every) if self.every else None

    @property
    def urgency(self) -> tuple[Any, ...]:
        """Who has waited longest past their time first; of those who were never seen the shortest rhythm."""
        seen = self.cared.last
        return (not self.missed, seen is not None, str(self.due or ""), self.every, self.cared.code)

    @property
    def address(self) -> str:
        return self.called.address if self.called else ""

    @property
    def phone(self) -> str:
        return self.called.phone if self.called else ""


def columns(record: Callable[[Line], str] | None) -> tuple[Column, ...]:
    """The columns; `record` gives the way to the form of a visit, for those who record."""
    act = Column(
        "act", Text("Next", "下一步"), lambda row: Action(VISIT, record(row)) if record else None, export=lambda row: "", phone="wide"
    )
    return (
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.cared.code, phone="title",
               link=lambda row: links.to("register.person", code=row.cared.code)),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("tags", Text("Why", "关爱标签"), lambda row: row.tags, sort=lambda row: (row.cared.tags, row.cared.code)),
        Column("last", Text("Last seen", "最近探访"), lambda row: row.cared.last.at if row.cared.last else None),
        Column("due", Text("Next due", "下次应访"), lambda row: row.due, sort=lambda row: (str(row.due or ""), row.cared.code)),
        Column("who", Text("Who visits", "探访人"), lambda row: row.who or None),
        Column("address", Text("Where", "住址"), lambda row: row.address or None, phone="wide"),
        Column("phone", Text("Telephone", "联系电话"), lambda row: row.phone or None),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.cared.area, row.cared.code)),
        *((act,) if record else ()),
    )  # fmt: skip


VISIT = Text("Record a visit", "登记探访")


def _searched(area: str, rows: list[Line], words: str) -> list[Line]:
    among = Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))
    codes = {person.code for person in search_persons(words, among, most=MOST_FOUND)}
    return [row for row in rows if row.cared.code in codes]


def _dressed(full: bool, rows: list[Line]) -> list[Line]:
    called = names.of("person", [row.cared.code for row in rows], full=full)
    who = names.members({row.cared.tried.member for row in rows if row.cared.tried})
    return [
        replace(
            row, called=called.get(row.cared.code), who=who.get(row.cared.tried.member, row.cared.tried.member) if row.cared.tried else ""
        )
        for row in rows
    ]


def care(request: Request, area: str) -> HttpResponse:
    """The people of an area who need help; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at, days = moment(request, pack), pack.get("care.visit_every_days")
    found = people(area)
    areas = Area.objects.names({each.area for each in found})
    lines = []
    for each in found:
        every = cadence(each.tags, days)
        missed = is_missed(each.last.at if each.last else None, every, at.now)
        lines.append(Line(each, areas.get(each.area, each.area), every, missed))
    records = can(request.account, "care.record")
    listing = Listing(
        columns=columns(partial(_form, request, "care.visited") if records else None),
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda line, state: state == "all" or line.missed == (state == "gap")),
                   choices=STATES, standing="all"),
            Filter("tag", Text("Why", "关爱标签"), where(lambda line, tag: tag in line.cared.tags), choices=list(TAGS.items())),
        ) if lines else (),
        search=partial(_searched, area),
        codes=lambda line: [line.cared.code],
        dress=partial(_dressed, names.in_full(request.account, "care.record")),
    )  # fmt: skip
    missed = sum(line.missed for line in lines)
    url = links.to("care.people", area=area)
    tiles = [
        Tile(missed, STATES[0][1], f"{url}?state=gap", tone="bad" if missed else "good"),
        Tile(len(lines), NEEDING, f"{url}?state=all"),
    ]
    actions = [Action(Text("Requests for help", "求助事项"), links.to("care.help", area=area), "message-2")]
    if records:
        back = urlencode({"area": area, "next": request.path, "state": "set"})
        actions.append(
            Action(Text("Tag somebody", "登记标签"), f"{links.to('records.record', kind='care.tagged')}?{back}", "tag", primary=True)
        )
    return listing.respond(
        request, lines, template="care/people.html", context={"at": at, "tiles": tiles if lines else []},
        heading=Text("People who need help: {area}", "{area} 需关爱人员", area=row.name),
        crumbs=links.above(request.account, row, "care.people"), actions=actions,
    )  # fmt: skip


NEEDING = Text("People who need help", "需关爱人员")


def _form(request: Request, kind: str, row: Line) -> str:
    query = urlencode({"person": row.cared.code, "area": row.cared.area, "next": request.get_full_path()})
    return f"{links.to('records.record', kind=kind)}?{query}"
