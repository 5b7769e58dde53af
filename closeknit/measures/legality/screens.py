"""The draws of an area, acts made beside acts set aside; one draw, drawn again; and the review of one act."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import FormField
from closeknit.console.lists.columns import Column
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts, Progress
from closeknit.console.records import asking, links, names
from closeknit.console.records.saving import Entry, author, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import ORDERS, acts_of, all_acts
from closeknit.measures.legality import drawing
from closeknit.measures.legality.drawing import Draw
from closeknit.measures.legality.kinds import Verdict
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.registry.reading.names import area_of_place

DRAWN, REVIEWED = "legality.drawn", "legality.reviewed"
DONE = Text("Drawn. Review each act of the list.", "已抽取，请逐件审查。")
NOTED = Text("The review is recorded.", "已登记审查结论。")
SAME = Badge(Text("Drawn again: the same list, the same acts.", "重抽核对：名单与抽中处置一致。"), "good")
OTHER = Badge(Text("Drawn again, it is not the same. Tell whoever keeps the system.", "重抽结果不一致，请联系系统管理员。"), "bad")
OWN_CAUSE = Text("You made this act yourself. Somebody of another office reviews it.", "该处置由您作出，须由其他机关人员审查。")
NO_ACT = Text("There is no such act at this place.", "该场所没有此项处置。")
NONE = Empty(
    Text("Nothing drawn yet", "尚未抽取"),
    Text("A second office draws some of the acts by lot and looks whether each is legal.", "由另一机关随机抽取处置，逐件审查是否合法。"),
    icon="shield-check",
)
VERDICTS = {Verdict.LEGAL: Badge(Verdict.LEGAL.label, "good"), Verdict.SET_ASIDE: Badge(Verdict.SET_ASIDE.label, "bad")}
TO_REVIEW = Badge(Text("To review", "待审查"), "watch")

LISTING = Listing(
    columns=(
        Column("day", Text("Drawn on", "抽取日期"), lambda row: row.event.at, sort=lambda row: row.event.order, phone="title",
               link=lambda row: reverse("legality.draw", args=[row.event.id])),
        Column("reviewed", Text("Reviewed", "已审查"), lambda row: Progress(len(row.reviews), len(row.acts)),
               sort=lambda row: len(row.left), phone="wide"),
        Column("from", Text("Acts from", "处置起始日"), lambda row: row.event.data["from_day"],
               sort=lambda row: row.event.data["from_day"]),
        Column("among", Text("Drawn from", "处置总数"), lambda row: row.event.data["among"], number=True,
               sort=lambda row: row.event.data["among"]),
        Column("set_aside", Text("Set aside", "撤销"), lambda row: row.set_aside, number=True, sort=lambda row: row.set_aside),
    ),
    order="-day",
    empty=NONE,
)  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The draws, under a table of acts made, reviewed and set aside."""
    row = Area.objects.current().get(code=area)
    made: dict[str, Counter[str]] = {action: Counter() for action in ORDERS}
    for act in all_acts(area):
        made[act.action] += Counter(made=1, reviewed=int(act.review is not None), set_aside=int(act.set_aside is not None))
    draw = Action(Text("Draw acts", "抽取处置"), links.to("legality.new", area=area), "scale", primary=True)
    return LISTING.respond(
        request, drawing.draws(area), template="legality/draws.html",
        context={"made": [(ORDERS[action], each) for action, each in made.items()]},
        heading=Text("Legality: {area}", "{area} 合法性抽查", area=row.name), crumbs=links.above(request.account, row, "legality.draws"),
        actions=[draw] if draw.url else [],
    )  # fmt: skip


def new(request: Request, area: str) -> HttpResponse:
    """Draws from the acts of the days that are named; the same form draws once."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    today = clock.now().astimezone(pack.timezone).date()
    fields = [
        FormField("from_day", Text("Acts from this day on", "处置起始日"), "date", required=True, maximum=today.isoformat()),
        FormField("percent", Text("Share", "抽取比例"), "number", required=True, unit="%", minimum=1, maximum=100),
    ]

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        held = Event.objects.filter(id=event, kind=DRAWN, area=area).first()
        data = held.data if held else drawing.draw(area, values["from_day"], round(float(values["percent"]) / 100, 6))
        return [Entry(event, DRAWN, area, data)]

    share, days = float(pack.get("inspections.sample_share")), int(pack.get("inspections.sample_days"))
    initial = {"from_day": today - timedelta(days=days), "percent": f"{share * 100:g}"}
    back = reverse("legality.draws", args=[area])
    asked = asking.Asking(fields, entries, DONE, back)
    context = {"submit": Text("Draw now", "现在抽取")}
    return asking.respond(request, asked, initial=initial, context=context, crumbs=[(row.name, back)])


def _drawn(event: UUID) -> Event | None:
    return Event.objects.filter(id=event, kind=DRAWN, superseded_at=None).first()


def area_of_draw(event: UUID) -> str | None:
    """Where a draw was made; None where there is none."""
    held = _drawn(event)
    return held.area if held else None


def draw(request: Request, event: UUID) -> HttpResponse:
    """One draw: its acts with what the review found, and the same draw made again."""
    held = _drawn(event)
    if held is None:
        raise Http404
    made, data = drawing.one(held), held.data
    area, who = Area.objects.current().get(code=held.area), names.members([held.member])
    facts = Facts([
        (Text("Drawn", "抽取时间"), held.at), (Text("By", "抽取人"), who.get(held.member, held.member)),
        (Text("From how many", "处置总数"), data["among"]), (Text("Acts from", "处置起始日"), data["from_day"]),
        (Text("Reviewed", "已审查"), Progress(len(made.reviews), len(made.acts))), (Text("Set aside", "撤销"), made.set_aside),
    ])  # fmt: skip
    context = {
        "facts": facts, "lines": _lines(made, can(request.account, "legality.record")), "made": held,
        "again": (SAME if drawing.again(held) else OTHER) if request.GET.get("again") else None,
    }  # fmt: skip
    crumbs = [*links.above(request.account, area, "legality.draws"), (area.name, reverse("legality.draws", args=[area.code]))]
    return show(request, "legality/draw.html", context, crumbs=crumbs)


def _lines(made: Draw, may: bool) -> list[tuple[Text, str, str, Badge, str]]:
    """(what, place, way to the act, verdict, way to the review) of each act that was drawn."""
    rows = {row.code: row for row in Place.objects.current().filter(code__in=made.event.data["places"])}
    acts = {act.code: act for act in all_acts(made.event.area)}
    lines = []
    for code, place in made.acts:
        review = made.reviews.get(code)
        badge = VERDICTS[review.data["outcome"]] if review else TO_REVIEW
        url = reverse("legality.review", args=[code, place]) + f"?draw={made.event.id}" if may and not review and code in acts else ""
        label = ORDERS[acts[code].action] if code in acts else Text("No record of it any more", "记录已更正")
        lines.append((label, rows[place].name if place in rows else place, links.to("acts.act", act=code, code=place), badge, url))
    return lines


def review(request: Request, act: str, code: str) -> HttpResponse:
    """The form of a review; afterwards back to the draw."""
    row = Place.objects.current().filter(code=code).first()
    found = acts_of(code, row.area).get(act) if row else None
    if row is None or found is None:
        raise Http404
    drawn = request.GET.get("draw", "")[:36]
    back = links.ours(f"/legality-draw/{drawn}/" if drawn else "", links.to("legality.draws", area=row.area))

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        data = {**asking.said(REVIEWED, values, row.area), "act": act, "draw": drawn}
        return [Entry(event, REVIEWED, row.area, data, {"place": code})]

    asked = asking.Asking(asking.fields(REVIEWED, "outcome", "grounds", "reason"), entries, NOTED, back)
    heading = Text("Review: {act}, {place}", "合法性审查：{place} {act}", act=ORDERS[found.action], place=row.name)
    crumbs = [(Text("Draw", "抽取批次"), back), (Text("The act", "处置"), links.to("acts.act", act=act, code=code))]
    return asking.respond(request, asked, heading=heading, crumbs=crumbs)


def reviewed(account: Account, entry: Entry) -> None:
    """Nobody reviews an act of their own."""
    code = entry.references.get("place", "")
    act = acts_of(code, area_of_place(code) or entry.area).get(str(entry.data.get("act", "")))
    if act is None:
        raise Invalid("data.act", "no_act", NO_ACT)
    if author(account) in act.hands:
        raise Invalid("data.outcome", "own_cause", OWN_CAUSE)


guard(REVIEWED, reviewed)
