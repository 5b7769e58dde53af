"""All tubes of an area, and the search box's way to one."""

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.lists.columns import Column, Filter, between_days, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.manifest import Hit
from closeknit.console.parts import Action, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.tubes.models import Tube
from closeknit.measures.tubes.queries import within
from closeknit.measures.tubes.words import STATES, badge
from closeknit.policy.packs import policy

MOST_HITS = 5
TUBE = Text("Tube", "采样管")
NONE = Empty(
    Text("No tube yet", "暂无采样管"),
    Text("A tube stands here from the first swab that a sampler binds to it.", "采样员扫码登记第一份样本后，采样管列于此处。"),
    icon="test-pipe",
)


def page_of(row: Tube) -> str:
    """The page of a tube."""
    return reverse("tubes.tube", args=[row.code])


def _listing(area: Area) -> Listing:
    rounds = [(each.code, str(each)) for each in live.touching("testing.round", area)]

    def dress(rows: list[Tube]) -> list[Tube]:
        places, areas = names.places({row.place for row in rows}), Area.objects.names({row.area for row in rows})
        for row in rows:
            row.where = places[row.place].name if row.place in places else areas.get(row.area, row.area)  # type: ignore[attr-defined]
        return rows

    return Listing(
        columns=(
            Column("code", Text("Tube", "管号"), lambda row: row.code, ("code",), page_of, phone="title"),
            Column("state", Text("State", "状态"), badge, ("result", "receipts", "hand_overs", "seals", "code"), phone="end"),
            Column("where", Text("Site or area", "采样点、地区"), lambda row: row.where, ("place", "area", "code")),
            Column("round", Text("Round", "轮次"), lambda row: dict(rounds).get(row.round, row.round), ("round", "code")),
            Column("persons", Text("Persons", "人数"), lambda row: row.persons, ("persons", "code"), number=True),
            Column("count", Text("Sealed over", "封管份数"), lambda row: row.sealed_count, ("sealed_count", "code"), number=True),
            Column("box", Text("Box", "转运箱"), lambda row: row.box, ("box", "code")),
            Column("lab", Text("Laboratory", "检测机构"), lambda row: row.lab, ("lab", "code"), hidden=True),
            Column("at", Text("Last", "最近时间"), lambda row: row.moved_at, ("moved_at", "code")),
        ),
        order="-at",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), lambda rows, value: rows.filter(STATES[value][2]),
                   choices=[(name, word) for name, (word, _, _) in STATES.items()]),
            Filter("round", Text("Round", "轮次"), equals("round"), choices=rounds),
            Filter("place", Text("Site's code", "采样点编号"), equals("place"), type="text"),
            Filter("day", Text("Days", "日期"), between_days("moved_at"), type="days"),
        ),
        search=words_in("code", "box"),
        search_label=Text("Number of tube or box", "管号、转运箱号"),
        dress=dress,
    )  # fmt: skip


def tubes(request: Request, area: str) -> HttpResponse:
    """The tubes of an area, the latest first."""
    row = Area.objects.current().get(code=area)
    actions = [Action(Text("Does not reconcile", "账实不符"), links.to("reconciling.list", area=area), "alert-triangle")]
    heading = Text("Tubes: {area}", "{area} 采样管", area=row.name)
    crumbs = links.above(request.account, row, "tubes.list")
    return _listing(row).respond(request, within(area), heading=heading, crumbs=crumbs, actions=actions)


def find(account: Account, words: str) -> list[Hit]:
    """The tubes of the reader's scope whose number begins with the words."""
    if not can(account, "laboratory.view") or len(words) < 3 or not policy(account.area).has("testing"):
        return []
    rows = visible(Tube.objects.filter(code__istartswith=words.strip()), account).order_by("code")[:MOST_HITS]
    return [Hit(row.code, page_of(row), TUBE, badge(row).label) for row in rows]
