"""The stock of one place: each item as it stands, and every move that made it."""

from typing import Any

from django.http import Http404, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.stock.listing import MINIMUM, MOVE, NEGATIVE, form
from closeknit.measures.stock.rules import contradicts
from closeknit.measures.supplies.kinds import StockMoved, StockReason, levels
from closeknit.registry.models import Place

SIGN = Text(
    "What is received is positive; what is issued or spoiled is negative. For a count give the difference to what stands here.",
    "入库填正数，发放、损耗填负数；盘点填写与账面的差额。",
)
REASONS = {each.value: each.label for each in StockReason}
NONE = Empty(Text("Nothing has moved here yet", "暂无出入库记录"), Text("Record what came first.", "请先登记入库。"), icon="package")


def sound(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the sign of a move contradicts its reason. What phones have recorded is taken and flagged."""
    quantity, reason = entry.data.get("quantity"), entry.data.get("reason")
    if isinstance(quantity, int) and reason in REASONS and contradicts(str(reason), quantity):
        raise Invalid("data.quantity", "sign", SIGN)


guard("supplies.stock_moved", sound)


def place(request: Request, code: str) -> HttpResponse:
    """One place: its items, and the moves, the latest first."""
    held = Place.objects.current().filter(code=code).first()
    if held is None:
        raise Http404
    row = Area.objects.current().get(code=held.area)
    known = levels(Place.objects.current().filter(code=code))

    def dress(events: list[Event]) -> list[tuple[Event, str]]:
        called = names.members({event.member for event in events})
        return [(event, called.get(event.member, event.member)) for event in events]

    listing = Listing(
        columns=(
            Column("at", Text("When", "时间"), lambda one: one[0].at, sort=("at", "id"), phone="title",
                   link=lambda one: links.to("register.event", event=one[0].id)),
            Column("item", Text("Item", "物资"), lambda one: one[0].data["item"], sort=("data__item", "at", "id")),
            Column("quantity", Text("Quantity", "数量"), lambda one: one[0].data["quantity"], number=True, phone="end"),
            Column("reason", Text("Reason", "原因"), lambda one: REASONS.get(one[0].data["reason"])),
            Column("flag", Text("To check", "待核"), _flag),
            Column("who", Text("By", "登记人"), lambda one: one[1]),
        ),
        order="-at",
        empty=NONE,
        filters=(Filter("item", Text("Item", "物资"), equals("data__item"), choices=[(each.item, each.item) for each in known]),),
        dress=dress,
    )  # fmt: skip
    actions = []
    if can(request.account, "supplies.record"):
        said: dict[str, Any] = {"place": code, "area": held.area, "next": request.get_full_path()}
        actions = [
            Action(MINIMUM, form("supplies.minimum_set", **said), "adjustments"),
            Action(MOVE, form("supplies.stock_moved", **said), "plus", primary=True),
        ]
    context = {"levels": known, "negative": NEGATIVE}
    crumbs = [*links.above(request.account, row, "stock.places"), (row.name, links.to("stock.places", area=row.code))]
    moves = standing(StockMoved).filter(place=code).defer("personal", "digest")
    return listing.respond(request, moves, template="stock/place.html", context=context, heading=held.name, crumbs=crumbs, actions=actions)


def _flag(one: tuple[Event, str]) -> Badge | None:
    wrong = contradicts(one[0].data["reason"], one[0].data["quantity"])
    return Badge(Text("Sign and reason disagree", "数量正负与原因不符"), "watch") if wrong else None
