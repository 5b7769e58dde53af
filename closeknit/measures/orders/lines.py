"""The lines of sign-ups that nobody could read for certain: each waits until somebody chooses the household and the packs, or drops it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Facts
from closeknit.console.records import finding, links
from closeknit.console.records.finding import Asked as Whom
from closeknit.console.records.saving import Entry
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area
from closeknit.measures.chains.kinds import doors_of, read, words_for
from closeknit.measures.orders import taking
from closeknit.measures.supplies.kinds import Closings, Parked, Settled, catalogue
from closeknit.registry.known import canonical

WHY = {each.value: each.label for each in Parked}
SETTLE = Text("Settle", "处理")
NONE = Empty(
    Text("No line waits", "没有待核条目"),
    Text("Lines of a sign-up that cannot be read for certain come here.", "接龙中不能确认的条目会列在这里。"),
    icon="circle-check",
)
WHOM = Text("Choose the household whose order this is; or drop the line.", "请选择订购的户；如非订单，请选“不作订单”。")
HOW_MANY = Text("Say how many of each pack; 0 for none.", "请填写各物资包的数量，不要的填 0。")
DONE, DROPPED = Text("Settled.", "已处理。"), Text("Dropped: no order was made of this line.", "已标为不作订单。")


@dataclass(frozen=True)
class Waiting:
    """One line of the list."""

    event: Event
    line: str
    area: str
    url: str

    @property
    def action(self) -> Action:
        return Action(SETTLE, self.url)


def lines(request: Request, area: str) -> HttpResponse:
    """The lines of an area that wait."""
    row = Area.objects.current().get(code=area)

    def dress(events: list[Event]) -> list[Waiting]:
        areas = Area.objects.names({event.area for event in events})
        return [
            Waiting(event, str(event.told().get("line", "")), areas.get(event.area, event.area), reverse("orders.line", args=[event.id]))
            for event in events
        ]

    act = Column("act", Text("Next", "下一步"), lambda one: one.action, export=lambda one: "", phone="wide")
    listing = Listing(
        columns=(
            Column("line", Text("Line", "原文"), lambda one: one.line, link=lambda one: one.url, phone="title"),
            Column("why", Text("Why it waits", "待核原因"), lambda one: WHY.get(one.event.data["why"]), sort=("data__why", "at", "id"),
                   phone="wide"),
            Column("area", Text("Area", "地区"), lambda one: one.area, sort=("area", "at", "id")),
            Column("day", Text("Round", "批次"), lambda one: one.event.data["day"], sort=("data__day", "at", "id")),
            Column("at", Text("Since", "登记时间"), lambda one: one.event.at, sort=("at", "id")),
            *((act,) if can(request.account, "supplies.record") else ()),
        ),
        order="at",
        empty=NONE,
        filters=(Filter("why", Text("Why it waits", "待核原因"), equals("data__why"), choices=list(WHY.items())),),
        codes=lambda one: [f"event:{one.event.id}"],
        dress=dress,
    )  # fmt: skip
    heading = Text("Lines to look at: {area}", "{area} 接龙待核条目", area=row.name)
    crumbs = [*links.above(request.account, row, "orders.lines"), (row.name, reverse("orders.chain", args=[area]))]
    return listing.respond(request, in_area(taking.waiting(), area), heading=heading, crumbs=crumbs)


def area_of_line(event: UUID) -> str | None:
    """The village whose line it is; None where there is none that waits."""
    return taking.waiting().filter(id=event).values_list("area", flat=True).first()


@dataclass
class Settling:
    """The form of one line: whom it is about, and how many of each pack."""

    request: Request
    event: Event

    def __post_init__(self) -> None:
        self.words = words_for(self.event.area)
        self.said = read(1, str(self.event.told()["line"]), self.words)
        self.packs = {code: pack for code, pack in catalogue(self.event.area).items() if code in set(self.words.names.values())}
        behind = doors_of(self.event.area).households(self.said.door) if self.said.door else []
        self.behind = self.event.household or (behind[0] if len(behind) == 1 else "")
        posted = self.request.POST if self.request.method == "POST" else None
        fields = [FormField(f"n_{code}", pack.label, "integer", minimum=0, maximum=self.words.most) for code, pack in self.packs.items()]
        self.form = Form(fields, posted, {f"n_{code}": number for code, number in (self.said.packs or {}).items()})
        self.whom: str = ""
        self.wrong: Text | None = None

    def choose(self) -> None:
        """Finds the household that was typed or chosen."""
        post = self.request.POST
        try:
            found = finding.resolve(self.request.account, "household", post.get("ref_household", ""), post.get("chosen_household", ""))
        except Invalid as invalid:
            self.wrong = invalid.text
            return
        self.whom = found.code if found else ""
        self.wrong = None if found else WHOM

    @property
    def asked(self) -> Whom:
        """The question for the household, as the generic form asks it."""
        chosen = self.whom or self.request.POST.get("chosen_household", "") or self.behind
        called = finding.called(self.request.account, "household", chosen) if chosen else None
        typed = self.request.POST.get("ref_household", "")
        return Whom("household", True, typed, called.code if called else "", (called,) if called else (), self.wrong)

    def entries(self) -> list[Entry]:
        """The household's order of this round as it was put here, and the word that the line is settled."""
        day, closings = self.event.data["day"], Closings.of(self.event.area)
        held = taking.Held.of(self.event.area, day, closings)
        household = canonical("household", [self.whom]).get(self.whom, self.whom)
        chain = next((one for one, keys in held.orders.items() if any(key[0] == household for key in keys)), None) or held.chain({})
        stands = held.quantities(chain)
        wanted = {code: self.form.values.get(f"n_{code}") or 0 for code in self.packs}
        made = [taking.Change(household, code, stands.get((household, code), 0), number) for code, number in wanted.items()]
        made = [change for change in made if change.before != change.after]
        areas = taking.areas_of([household]) or {household: self.event.area}
        orders = taking.entries(held, chain, made, at=self.event.at, areas=areas, day=day)
        return [*orders, taking.settled(self.event, Settled.RECORDED, household)]


def line(request: Request, event: UUID) -> HttpResponse:
    """One line with its form; `do=drop` makes no order of it."""
    held = visible(taking.waiting(), request.account).filter(id=event).first()
    if held is None:
        raise Http404
    back = reverse("orders.lines", args=[held.area])
    settling = Settling(request, held)
    if request.method == "POST" and request.POST.get("do") == "drop":
        taking.write(request.account, [taking.settled(held, Settled.DROPPED)])
        tell(request, DROPPED)
        return redirect(back)
    if request.method == "POST":
        settling.choose()
        if settling.form.valid() and not settling.wrong:
            if all(value is None for value in settling.form.values.values()):
                settling.form.refuse("packs", HOW_MANY)
            elif refused := taking.write(request.account, settling.entries()):
                settling.form.refuse("packs", refused[0].text)
            else:
                tell(request, DONE)
                return redirect(back)
    return _page(request, held, settling, back)


def _page(request: Request, held: Event, settling: Settling, back: str) -> HttpResponse:
    whom = settling.asked
    trail.read(request.account, request.screen.name, [f"event:{held.id}", whom.chosen], what="household", path=request.path)
    facts = Facts(
        [
            (Text("Line", "原文"), held.told()["line"]), (Text("Why it waits", "待核原因"), WHY.get(held.data["why"], "")),
            (Text("Round", "批次"), held.data["day"]),
        ]
    )  # fmt: skip
    context: dict[str, Any] = {"facts": facts, "form": settling.form, "asked": whom, "cancel": back}
    wrong = bool(settling.form.errors or settling.wrong)
    crumbs = [(Text("Lines to look at", "接龙待核条目"), back)]
    return show(request, "orders/line.html", context, crumbs=crumbs, status=422 if wrong else 200)
