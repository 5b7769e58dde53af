"""Who is due in a round, those not sampled first: to print, to call, to sample at home; on the screen, on paper, as a file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import CharField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.lists.columns import Column
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty, Notice, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.kinds import IsolationOrdered, Released
from closeknit.measures.rounds.coverage import KIND, NONE
from closeknit.measures.rounds.words import AT_HOME, ISOLATED, MARKS, STATES
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

MOST_FOUND = 50
WALK = ("area", "household", "code")
COLUMNS = ("code", "household", "area", "word", "last")
NOT_NOW = Text("This round is {state}: a sample of this moment does not count for it.", "本轮{state}，现在采样不计入本轮。")
NOBODY = Empty(
    Text("Nobody is left here", "本辖区已做到应检尽检"),
    Text("Everybody who is due was sampled or is excused.", "应检人员均已采样或豁免。"),
    icon="circle-check",
)
FIND = Text("Code, name, end of the ID or phone", "人员编号、姓名、证件或手机末位")


@dataclass(frozen=True)
class Dial:
    """A telephone that can be pressed; without a number to dial it is only shown."""

    shown: str
    dials: str
    template: ClassVar[str] = "rounds/dial.html"

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Presses:
    """A row's ways on: sampled at home, called."""

    home: str
    call: str
    template: ClassVar[str] = "rounds/presses.html"


@dataclass(frozen=True)
class Due:
    """One person's row."""

    seen: Asked
    code: str
    household: str
    area: str
    word: str
    last: datetime | None
    called: Called | None
    phone: str
    marks: tuple[Text | str, ...]
    tube: str

    @property
    def name(self) -> Text | str:
        return (self.called.name if self.called else "") or names.code_words(self.code)

    @property
    def url(self) -> str:
        return links.to("register.person", code=self.code)

    @property
    def badge(self) -> Badge:
        if self.word == live.EXCUSED:
            return Badge(STATES["excused"], "info")
        return Badge(STATES["sampled"], "good") if self.word.endswith(live.REACHED) else Badge(STATES["left"], "watch")

    @property
    def dial(self) -> Dial | str:
        """Masked; whoever records here can press it."""
        first = self.phone.split(";")[0]
        return Dial(names.masked_phone(first), first if can(self.seen.account, "testing.record") else "") if first else ""

    @property
    def presses(self) -> Presses | str:
        """For whoever is not sampled, while the round runs."""
        if not self.seen.runs or self.word.endswith(live.REACHED) or not can(self.seen.account, "testing.record"):
            return ""
        assert self.seen.campaign is not None
        back = {"person": self.code, "area": self.area, "next": self.seen.request.get_full_path()}
        home = {**back, "mode": "home", "pool": "1", "round": self.seen.campaign.code}
        call = links.to("records.record", kind="doorknock.phoned") if can(self.seen.account, "doorknock.record") else ""
        return Presses(
            f"{links.to('records.record', kind='testing.sampled')}?{urlencode(home)}", f"{call}?{urlencode(back)}" if call else ""
        )


def isolating() -> QuerySet[Event]:
    """The orders of isolation that are not over and after which nobody was released."""
    later = standing(Released).filter(person=OuterRef("person"), at__gte=OuterRef("at"))
    orders = standing(IsolationOrdered).annotate(until=Cast(KeyTextTransform("until", "data"), CharField()))
    return orders.filter(until__gte=clock.now().date().isoformat()).exclude(person__in=later.values("person"))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    left = ~Q(word__endswith=live.REACHED) & ~Q(word=live.EXCUSED)
    at_home = Q(code__in=isolating().values("person"))
    if rows.model is Person:
        at_home |= Q(tags__icontains='"immobile"')
    wanted = {
        "left": left, "home": left & at_home, "excused": Q(word=live.EXCUSED), "sampled": Q(word__endswith=live.REACHED),
    }.get(state)  # fmt: skip
    return rows if wanted is None else rows.filter(wanted)


def _rows(seen: Asked) -> QuerySet[Any]:
    """The rows that the address asks for, unfetched: of the register, and those whom no roster knew."""
    query = seen.request.GET
    state, mark, words = query.get("state", "left"), query.get("mark", "")[:60], query.get("q", "").strip()[:80]
    assert seen.campaign is not None
    parts = []
    for rows in live.listed(seen.campaign, seen.area.code):
        found = _in_state(rows, state)
        if mark:
            found = found.filter(_bears(mark)) if rows.model is Person else found.none()
        parts.append(_searched(found, words).order_by().values(*COLUMNS))
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _bears(mark: str) -> Q:
    """Persons with the mark: one engine keeps its characters as they are, the other escapes them."""
    return Q(tags__icontains=f'"{mark}"') | Q(tags__icontains=json.dumps(mark))


def _searched(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    if not words:
        return rows
    people = search_persons(words, Person.objects.current().filter(area__in=rows.values("area")), most=MOST_FOUND)
    return rows.filter(Q(code__icontains=words) | Q(code__in=[person.code for person in people]))


def dressed(seen: Asked, rows: Iterable[dict[str, Any]]) -> list[Due]:
    """The rows of one page with names, telephones and marks; a few statements, however many rows."""
    rows = list(rows)
    codes = [row["code"] for row in rows]
    full = names.in_full(seen.account, "testing.record")
    called, whole = names.of("person", codes, full=full), names.persons(codes, full=True)
    tags = dict(Person.objects.current().filter(code__in=codes).values_list("code", "tags"))
    apart = set(isolating().filter(person__in=codes).values_list("person", flat=True))
    reaches = live.reaches(seen.campaign, codes) if seen.campaign else {}
    made = []
    for row in rows:
        code = row["code"]
        marks = [MARKS.get(tag, tag) for tag in tags.get(code, ())] + ([ISOLATED] if code in apart else [])
        needs_home = code in apart or "immobile" in tags.get(code, ())
        tube = reaches[code].data.get("tube", "") if code in reaches else ""
        phone = whole[code].phone if code in whole else ""
        shown = (*([AT_HOME] if needs_home else []), *marks)
        made.append(Due(seen, code, row["household"], row["area"], row["word"], row["last"], called.get(code), phone, shown, tube))
    return made


def _listing(seen: Asked, areas: dict[str, str]) -> Listing:
    def tube(row: Due) -> str:
        return links.to("tubes.tube", code=row.tube) if row.tube else ""

    return Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda row: row.name, WALK, lambda row: row.url, phone="title"),
            Column("code", Text("Code", "人员编号"), lambda row: row.code, ("code",), hidden=True),
            Column("state", Text("State", "状态"), lambda row: row.badge, ("word", *WALK), phone="end"),
            Column("marks", Text("Marks", "标签"), lambda row: "、".join(map(str, row.marks)) or None, phone="wide"),
            Column("address", Text("Address", "住址"), lambda row: row.called.address if row.called else "", phone="wide"),
            Column("area", Text("Area", "地区"), lambda row: areas.get(row.area, row.area), ("area", *WALK)),
            Column("phone", Text("Telephone", "联系电话"), lambda row: row.dial, export=lambda row: names.masked_phone(row.phone)),
            Column("tube", Text("Tube", "采样管"), lambda row: row.tube or None, link=tube),
            Column("at", Text("Sampled", "采样时间"), lambda row: row.last, ("last", *WALK)),
            Column("presses", Text("Next", "下一步"), lambda row: row.presses, export=lambda row: "", phone="wide"),
        ),
        order="name",
        empty=NOBODY,
        search=lambda rows, words: rows,  # `_rows` has searched: rows that are joined cannot be filtered any more
        search_label=FIND,
        codes=lambda row: [row.code],
        dress=lambda rows: dressed(seen, rows),
    )


def persons(request: Request, area: str) -> HttpResponse:
    """The people of an area who are due in a round, those not sampled first of all."""
    seen = asked(request, KIND, area)
    crumbs = [*seen.crumbs("rounds.coverage"), (seen.area.name, seen.url("rounds.coverage"))]
    heading = Text("Not sampled: {name}", "应检未检名单：{name}", name=seen.area.name)
    if seen.campaign is None:
        return show(request, "rounds/persons.html", {"asked": seen, "none": NONE}, heading=heading, crumbs=crumbs)
    notices = [] if seen.runs else [Notice(NOT_NOW.format(state=seen.state), "watch")]
    below = dict(Area.objects.below(area).values_list("code", "name"))
    context = {"asked": seen, "tabs": _tabs(seen), "notices": notices, "mark": MARKS.get(mark := request.GET.get("mark", ""), mark)}
    frame: dict[str, Any] = {"template": "rounds/persons.html", "heading": heading, "crumbs": crumbs}
    return _listing(seen, below).respond(request, _rows(seen), context=context, **frame)


def _tabs(seen: Asked) -> Tabs:
    """The states, with the numbers that the round's standing knows; they keep the mark."""
    assert seen.live is not None
    total, query = seen.live.total, seen.request.GET
    kept = {"mark": query["mark"]} if query.get("mark") else {}
    numbers = {"left": total.left, "excused": total.words[live.EXCUSED], "sampled": total.reached, "due": total.due}
    now = query.get("state", "left")
    return Tabs(
        [Tab(word, seen.url("rounds.persons", state=name, **kept), name == now, None if kept else numbers.get(name))
         for name, word in STATES.items()],
        Text("State", "状态"),
    )  # fmt: skip
