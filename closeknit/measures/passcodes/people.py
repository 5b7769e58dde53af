"""Who has a code, by unit beside the target and by name; a code on paper or through a helper counts like one on a phone."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.isolation.kinds import homes_of
from closeknit.measures.passes.kinds import CodeWay, held_in, holders
from closeknit.policy.packs import policy
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

PASSES, PEOPLE = Text("Passes", "通行状态"), Text("People and their codes", "人员持码情况")
WAYS = {each.value: each.label for each in CodeWay}
NO_CODE = Badge(Text("no code", "未办理"), "quiet")
NOBODY = Empty(
    Text("Nobody lives in this area", "本辖区暂无人员"),
    Text("Import a roster first; its people then stand here.", "请先导入花名册。"),
    icon="users",
)
MOST_FOUND = 400


@dataclass
class Unit:
    """One unit: how many live there, and how they have codes. wanted: the share in a hundred that is aimed at, 0 where there is none."""

    name: str
    code: str
    wanted: int
    people: int
    ways: Counter[str]

    @property
    def codes(self) -> int:
        return self.ways.total()

    @property
    def share(self) -> int:
        return 100 * self.codes // self.people if self.people else 0

    @property
    def badge(self) -> Badge | str:
        """How the share stands to the target."""
        words = f"{self.share}%"
        return Badge(words, "good" if self.share >= self.wanted else "watch") if self.wanted else words


UNITS = Listing(
    columns=(
        Column("name", Text("Unit", "单位"), lambda unit: unit.name, sort=lambda unit: unit.name, phone="title",
               link=lambda unit: links.to("passes.people", area=unit.code)),
        Column("share", Text("With a code", "持码比例"), lambda unit: unit.badge, sort=lambda unit: unit.share,
               export=lambda unit: unit.share, phone="end"),
        Column("people", Text("Persons", "人数"), lambda unit: unit.people, sort=lambda unit: unit.people, number=True),
        Column("codes", Text("Codes", "持码人数"), lambda unit: unit.codes, sort=lambda unit: unit.codes, number=True),
        *(
            Column(way, label, lambda unit, way=way: unit.ways[way], sort=lambda unit, way=way: unit.ways[way], number=True)  # type: ignore[misc]
            for way, label in WAYS.items()
        ),
    ),
    order="share",
    empty=NOBODY,
    search=words_said(lambda unit: (unit.name,)),
)  # fmt: skip


def codes(request: Request, area: str) -> HttpResponse:
    """The units right below an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    below = {each.code: each for each in Area.objects.below(area)}
    held = held_in(area, clock.now())
    homes = homes_of(held)
    wanted = round(100 * float(pack.get("passes.codes_wanted")))
    units: dict[str, Unit] = {}

    def unit(code: str) -> Unit:
        part = below[code].path.partition(f"/{area}/")[2].split("/")[0] or area
        return units.setdefault(part, Unit(below[part].name, part, wanted, 0, Counter()))

    counted = Person.objects.current().filter(area__in=list(below)).values_list("area").annotate(n=Count("pk")).order_by()
    for code, number in counted:
        unit(code).people += number
    for person, event in held.items():
        unit(homes[person]).ways[str(event.data["way"])] += 1
    heading = Text("Codes: {area}", "{area} 持码情况", area=row.name)
    crumbs = links.above(request.account, row, "passes.codes")
    actions = [
        Action(Text("Check a card", "查验便民卡"), links.to("passes.gate", area=area), "id-badge-2", primary=True),
        Action(PEOPLE, links.to("passes.people", area=area), "users"),
        Action(Text("Objections", "异议"), links.to("passes.objections", area=area), "message-2"),
    ]
    return UNITS.respond(request, list(units.values()), heading=heading, crumbs=crumbs, actions=[each for each in actions if each.url])


@dataclass(frozen=True)
class Line:
    """One person as the list shows them."""

    row: Any
    name: str
    area: str
    given: Event | None

    @property
    def badge(self) -> Badge:
        return Badge(WAYS[str(self.given.data["way"])], "good") if self.given else NO_CODE


def people(request: Request, area: str) -> HttpResponse:
    """The persons of an area with their codes; each row leads to the page of a status."""
    row = Area.objects.current().get(code=area)
    rows = Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))
    held = holders(clock.now())
    full = names.in_full(request.account, "passes.record")

    def in_state(found: QuerySet[Any], state: str) -> QuerySet[Any]:
        wanted = [code for code, event in held.items() if state in ("has", event.data["way"])]
        return found.exclude(code__in=list(held)) if state == "none" else found.filter(code__in=wanted)

    def dress(page: list[Any]) -> list[Line]:
        called, areas = names.persons([each.code for each in page], full=full), Area.objects.names({each.area for each in page})
        return [
            Line(each, called[each.code].name if each.code in called else each.code, areas.get(each.area, ""), held.get(each.code))
            for each in page
        ]

    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.name, phone="title",
                   link=lambda line: links.to("passes.person", code=line.row.code)),
            Column("code", Text("Code of the person", "人员编号"), lambda line: line.row.code, sort=("code",)),
            Column("state", Text("Code", "通行码"), lambda line: line.badge, phone="end"),
            Column("since", Text("Since", "办理时间"), lambda line: line.given.at if line.given else None),
            Column("area", Text("Area", "地区"), lambda line: line.area, sort=("area", "code")),
        ),
        order="area", empty=NOBODY, dress=dress, codes=lambda line: [line.row.code],
        filters=(Filter("state", Text("Code", "通行码"), in_state,
                        choices=[("has", Text("Has one", "已办理")), ("none", Text("Has none", "未办理")), *WAYS.items()]),),
        search=lambda found, words: found.filter(code__in=[each.code for each in search_persons(words, found, most=MOST_FOUND)]),
        search_label=Text("Name, code, end of the ID or phone", "姓名、编号、证件或手机末位"),
    )  # fmt: skip
    crumbs = [*links.above(request.account, row, "passes.codes"), (row.name, links.to("passes.codes", area=area))]
    return listing.respond(request, rows, heading=Text("People: {area}", "{area} 人员持码情况", area=row.name), crumbs=crumbs)
