"""Base numbers by village, and the list of who is due: each with the next dose, since when, and the last answer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Actions, Badge, Empty, Tile
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.dueshots.people import Shot, View, people
from closeknit.measures.vaccination.kinds import Answer
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

ANSWERS = {each.value: each.label for each in Answer}
UNANSWERED = Text("Not asked yet", "尚未动员")
NUMBERS, LIST = Text("Base numbers", "接种底数"), Text("Who is due", "应种未种名单")
STATES = {
    "due": (Text("Due", "应种未种"), "watch"), "waiting": (Text("Not due yet", "未到期"), "quiet"),
    "complete": (Text("Complete", "已完成"), "good"), "unknown": (Text("Age not known", "年龄不详"), "bad"),
    "outside": (Text("Not asked of their age", "不在接种年龄"), "quiet"),
}  # fmt: skip
ORDER = {state: place for place, state in enumerate(STATES)}
MOST_FOUND = 200
NONE = Empty(
    Text("Nobody in the register yet", "底册暂无人员"),
    Text("Bring the roster in, then the doses that people have had.", "请先导入名册，再录入既往接种底数。"),
    icon="vaccine",
)
NO_SCHEDULE = Text("The policy pack in force has no schedule of doses, so nobody is due.", "现行政策包未设接种程序，暂无应种人员。")


@dataclass
class Line:
    """One area's numbers."""

    code: str
    name: str
    persons: int = 0
    had: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def take(self, shot: Shot) -> None:
        """Counts somebody in."""
        self.persons += 1
        self.states[shot.state] += 1
        self.had.update(range(1, shot.doses + 1))
        if shot.state == "due":
            self.answers[shot.answer] += 1


def shots(area: str, pack: Policy) -> list[Shot]:
    """Everybody of an area as they stand now."""
    return people(View(area, clock.now(), pack))


def by_area(area: Area, found: list[Shot]) -> tuple[Line, list[Line]]:
    """The whole, and a line for each area right below."""
    below = {each.code: each for each in Area.objects.below(area.code)}
    right_below = {code: each.path.partition(f"/{area.code}/")[2].split("/")[0] or area.code for code, each in below.items()}
    total, lines = Line(area.code, area.name), dict[str, Line]()
    for shot in found:
        code = right_below[shot.area]
        if code not in lines:
            lines[code] = Line(code, below[code].name)
        total.take(shot)
        lines[code].take(shot)
    return total, list(lines.values())


def _number(name: str, heading: Text, number: Callable[[Line], int], state: str = "") -> Column:
    def to(row: Line) -> str:
        return f"{reverse('dueshots.persons', args=[row.code])}?{state}"

    return Column(name, heading, number, sort=number, number=True, link=to if state else None)


def _numbers(pack: Policy) -> Listing:
    doses = [int(line["dose"]) for line in pack.get("vaccination.schedule")]
    return Listing(
        columns=(
            Column("area", Text("Area", "地区"), lambda row: row.name, sort=lambda row: row.code, phone="title",
                   link=lambda row: reverse("dueshots.numbers", args=[row.code])),
            _number("persons", Text("Persons", "人数"), lambda row: row.persons, "state=all"),
            *(_number(f"had{dose}", Text("Dose {n}", "第 {n} 剂", n=dose), partial(lambda n, row: row.had[n], dose)) for dose in doses),
            _number("due", STATES["due"][0], lambda row: row.states["due"], "state=due"),
            _number("agreed", ANSWERS["agreed"], lambda row: row.answers["agreed"], "state=due&answer=agreed"),
            _number("declined", ANSWERS["declined"], lambda row: row.answers["declined"], "state=due&answer=declined"),
            _number("unanswered", UNANSWERED, lambda row: row.answers[""], "state=due&answer=none"),
            _number("unknown", STATES["unknown"][0], lambda row: row.states["unknown"], "state=unknown"),
        ),
        order="-due",
        empty=NONE,
        search=words_said(lambda row: (row.name, row.code)),
    )  # fmt: skip


def numbers(request: Request, area: str) -> HttpResponse:
    """Base numbers of an area and each area right below it."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    total, lines = by_area(row, shots(area, pack))
    to = reverse("dueshots.persons", args=[area])
    tiles = [
        Tile(total.states["due"], STATES["due"][0], f"{to}?state=due", tone="watch" if total.states["due"] else "good"),
        Tile(total.answers["agreed"], ANSWERS["agreed"], f"{to}?state=due&answer=agreed"),
        Tile(total.answers[""], UNANSWERED, f"{to}?state=due&answer=none"),
        Tile(total.persons, Text("Persons", "人数"), f"{to}?state=all"),
    ]
    actions = [Action(LIST, to, "list-check", primary=True)]
    if can(request.account, "vaccination.record"):
        actions.append(Action(Text("Bring base numbers in", "录入既往接种"), reverse("dueshots.base", args=[area]), "file-import"))
    context = {"tiles": tiles, "note": "" if pack.get("vaccination.schedule") else NO_SCHEDULE}
    heading = Text("Vaccination base numbers: {area}", "{area} 接种底数", area=row.name)
    crumbs = links.above(request.account, row, "dueshots.numbers")
    return _numbers(pack).respond(
        request, lines, template="dueshots/numbers.html", context=context, heading=heading, crumbs=crumbs, actions=actions
    )


@dataclass(frozen=True)
class Row:
    """Somebody as the list shows them."""

    shot: Shot
    area: str
    called: Called | None = None

    @property
    def name(self) -> str:
        return (self.called.name if self.called else "") or str(names.code_words(self.shot.code))

    @property
    def badge(self) -> Badge:
        return Badge(*STATES[self.shot.state])

    @property
    def answer(self) -> Text | None:
        """The last answer of somebody who is due."""
        return None if self.shot.state != "due" else ANSWERS.get(self.shot.answer, UNANSWERED)

    @property
    def rank(self) -> tuple[Any, ...]:
        """Who is due first, who agreed first of them, then who has waited longest."""
        shot = self.shot
        return (ORDER[shot.state], shot.answer != "agreed", str(shot.due_from or ""), shot.area, shot.household, shot.code)


def _dressed(full: bool, rows: list[Row]) -> list[Row]:
    called = names.of("person", [row.shot.code for row in rows], full=full)
    return [replace(row, called=called.get(row.shot.code)) for row in rows]


def _searched(area: str, rows: list[Row], words: str) -> list[Row]:
    among = Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))
    codes = {person.code for person in search_persons(words, among, most=MOST_FOUND)}
    return [row for row in rows if row.shot.code in codes]


def _press(back: str, row: Row) -> Actions:
    query = {"person": row.shot.code, "area": row.shot.area, "next": back}
    dose = urlencode({**query, "dose": row.shot.next_dose or row.shot.doses + 1})
    return Actions([
        Action(Text("Note the answer", "登记动员"), f"{reverse('records.record', args=['vaccination.mobilised'])}?{urlencode(query)}"),
        Action(Text("Dose given", "登记接种"), f"{reverse('records.record', args=['vaccination.given'])}?{dose}"),
    ])  # fmt: skip


COLUMNS = (
    Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.shot.code, phone="title",
           link=lambda row: links.to("register.person", code=row.shot.code)),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
    Column("next", Text("Next dose", "下一剂"), lambda row: row.shot.next_dose, number=True,
           sort=lambda row: (row.shot.next_dose or 0, row.rank)),
    Column("doses", Text("Doses had", "已接种剂数"), lambda row: row.shot.doses, number=True, sort=lambda row: (row.shot.doses, row.rank),
           hidden=True),
    Column("last", Text("Last dose", "末剂日期"), lambda row: row.shot.last, sort=lambda row: (str(row.shot.last or ""), row.shot.code),
           hidden=True),
    Column("since", Text("Due from", "可种日期"), lambda row: row.shot.due_from,
           sort=lambda row: (str(row.shot.due_from or ""), row.shot.code)),
    Column("answer", Text("Last answer", "最近答复"), lambda row: row.answer, sort=lambda row: (row.shot.answer, row.rank)),
    Column("asked", Text("Asked", "动员时间"), lambda row: row.shot.answered.at if row.shot.answered else None),
    Column("address", Text("Where", "住址"), lambda row: row.called.address if row.called else None, phone="wide"),
    Column("phone", Text("Telephone", "联系电话"), lambda row: row.called.phone if row.called else None),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.shot.area, row.shot.household, row.shot.code)),
)  # fmt: skip


def persons(request: Request, area: str) -> HttpResponse:
    """The list; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    found = shots(area, pack)
    areas = Area.objects.names({each.area for each in found})
    act = Column("act", Text("Next", "下一步"), partial(_press, request.get_full_path()), export=lambda row: "", phone="wide")
    may = can(request.account, "vaccination.record")
    doses = [(str(line["dose"]), Text("Dose {n}", "第 {n} 剂", n=line["dose"])) for line in pack.get("vaccination.schedule")]
    listing = Listing(
        columns=(*COLUMNS, act) if may else COLUMNS,
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda each, state: state in (each.shot.state, "all")), standing="due",
                   choices=[*((name, word) for name, (word, _) in STATES.items()), ("all", Text("All", "全部"))]),
            Filter("answer", Text("Answer", "答复"), where(lambda each, answer: each.shot.answer == ("" if answer == "none" else answer)),
                   choices=[*ANSWERS.items(), ("none", UNANSWERED)]),
            Filter("dose", Text("Next dose", "下一剂"), where(lambda each, dose: str(each.shot.next_dose) == dose), choices=doses),
        ) if doses else (),
        search=partial(_searched, area),
        codes=lambda each: [each.shot.code],
        dress=partial(_dressed, names.in_full(request.account, "vaccination.record")),
    )  # fmt: skip
    crumbs = [*links.above(request.account, row, "dueshots.persons"), (NUMBERS, reverse("dueshots.numbers", args=[area]))]
    heading = Text("Next doses: {area}", "{area} 应种未种名单", area=row.name)
    return listing.respond(request, [Row(each, areas.get(each.area, each.area)) for each in found], heading=heading, crumbs=crumbs)
