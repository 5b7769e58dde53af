"""Deployment orders: who is sent where for which shift, and what the receiving place says."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, guard, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.kit.ids import next_number, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid, parse_time
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.deployment.kinds import Confirmed, Ordered
from closeknit.measures.deployment.rules import state
from closeknit.measures.workforce.kinds import not_qualified, of_our_own, post_words
from closeknit.policy.packs import Policy, policy

ORDER = Text("New order", "新建调派令")
ALL = Text("All have come", "全部到位")
ARRIVED = FormField("arrived", Text("How many have come", "实到人数"), "integer", required=True, minimum=0, maximum=9999)
DONE = Text("Confirmed: {n} have come.", "已确认到位 {n} 人。")
TOO_MANY = Text(
    "{n} were ordered. Where more have come, the sender writes another order for them.", "调派令为 {n} 人。多到人员请派出方另开调派令。"
)
TAKEN = Text(
    "There is an order of this number already. Open a new form: it brings the next number.",
    "此编号已有调派令。请重新打开表单，自动取下一编号。",
)
NO_ORDER = Text("There is no order of this number. See the list of orders.", "无此编号的调派令。可查调派令清单。")
STATES = {
    "late": Badge(Text("begun, not confirmed", "已到时间，未确认"), "bad"), "short": Badge(Text("fewer came", "到位不足"), "watch"),
    "more": Badge(Text("more came than were ordered", "实到多于调派，请核对"), "watch"),
    "sent": Badge(Text("sent", "已调派"), "info"), "confirmed": Badge(Text("confirmed", "已到位"), "good"),
}  # fmt: skip
NONE = Empty(
    Text("No deployment orders yet", "尚无调派令"),
    Text(
        "Where a site is short, order people there for a shift; the place that receives them confirms in one press.",
        "哪里缺人，即向该点调派；接收点一键确认到位。",
    ),
    icon="arrow-right",
)


@dataclass(frozen=True)
class Line:
    """An order and how it stands."""

    event: Event
    place: str
    begins: datetime
    ends: datetime
    who: tuple[str, ...]
    arrived: int | None
    state: str

    @property
    def number(self) -> int:
        return ordered(self.event)

    @property
    def short(self) -> int:
        return max(0, self.number - self.arrived) if self.arrived is not None else 0


def ordered(event: Event) -> int:
    """How many an order asks for: the number, at least those whom it names."""
    return max(int(event.data.get("number") or 0), len(set(event.data.get("members", ()))))


def at_of(text: str, zone: Any) -> datetime:
    """The moment that a field says; a bare day is its beginning."""
    said = parse_time(text)
    return said if isinstance(said, datetime) else datetime.combine(said, time(), zone)


def orders_of(area: str, now: datetime, pack: Policy, as_of: datetime | None = None) -> list[Line]:
    """The orders to places of an area; four statements, however many."""
    events = list(in_area(standing(Ordered, as_of=as_of), area, as_of).filter(at__lte=now).defer("personal", "digest"))
    newest = {topic: steps[-1] for topic, steps in grouped(events, "topic").items()}
    said = standing(Confirmed, as_of=as_of).filter(at__lte=now, topic__in=newest).defer("personal", "digest")
    arrived = {topic: steps[-1].data["arrived"] for topic, steps in grouped(list(said), "topic").items()}
    places = names.places(event.place for event in newest.values())
    people = names.members(code for event in newest.values() for code in event.data.get("members", ()))

    def line(event: Event) -> Line:
        begins, came = at_of(event.data["from_at"], pack.timezone), arrived.get(event.topic)
        who = tuple(people.get(code, code) for code in event.data.get("members", ()))
        place = places[event.place].name if event.place in places else event.place
        stands = state(ordered(event), came, begins, now)
        return Line(event, place, begins, at_of(event.data["to_at"], pack.timezone), who, came, stands)

    return [line(event) for event in newest.values()]


def _columns(pack: Policy, may: bool, here: str) -> tuple[Column, ...]:
    act = Column("act", Text("Next", "下一步"), partial(_act, here), export=lambda row: "", phone="wide")
    return (
        Column("order", Text("Order", "调派令"), lambda row: row.event.topic, sort=lambda row: row.event.topic, phone="title",
               link=(lambda row: reverse("deployment.confirm", args=[row.event.topic])) if may else None),
        Column("state", Text("State", "状态"), lambda row: STATES[row.state], phone="end",
               sort=lambda row: (list(STATES).index(row.state), row.begins)),
        Column("place", Text("To", "派往"), lambda row: row.place, sort=lambda row: row.place),
        Column("post", Text("Post", "岗位"), lambda row: post_words(row.event.data["post"], pack)),
        Column("unit", Text("Of", "派出单位"), lambda row: row.event.data.get("unit") or None,
               sort=lambda row: row.event.data.get("unit", "")),
        Column("number", Text("Ordered", "调派"), lambda row: row.number, sort=lambda row: row.number, number=True),
        Column("arrived", Text("Have come", "实到"), lambda row: row.arrived, sort=lambda row: row.arrived or 0, number=True),
        Column("short", Text("Short", "缺员"), lambda row: row.short or None, sort=lambda row: row.short, number=True),
        Column("from", Text("From", "起"), lambda row: row.begins, sort=lambda row: row.begins),
        Column("to", Text("To", "止"), lambda row: row.ends, sort=lambda row: row.ends),
        Column("who", Text("Who", "人员"), lambda row: "、".join(row.who) or None, phone="wide"),
        *((act,) if may else ()),
    )  # fmt: skip


def _act(here: str, row: Line) -> Action | str:
    if row.arrived is not None:
        return ""
    asked = urlencode({"arrived": row.number, "next": here})
    return Action(ALL, f"{reverse('deployment.confirm', args=[row.event.topic])}?{asked}", "check", method="post")


def orders(request: Request, area: str) -> HttpResponse:
    """The orders to places of an area, those that have begun and nobody has confirmed first."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    lines = orders_of(area, at.now, pack, at.as_of)
    listing = Listing(
        columns=_columns(pack, can(request.account, "workforce.record"), links.here(request)),
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda line, value: line.state == value),
                   choices=[(name, badge.label) for name, badge in STATES.items()]),
            Filter("days", Text("Days", "日期"), partial(_on_days, pack), type="days"),
        ),
        search=words_said(lambda line: (line.event.topic, line.place, line.event.data.get("unit", ""), *line.who)),
    )  # fmt: skip
    heading = Text("Deployment orders: {area}", "{area} 调派令", area=row.name)
    crumbs = links.above(request.account, row, "deployment.orders")
    return listing.respond(request, lines, heading=heading, crumbs=crumbs, actions=_actions(request, area))


def _on_days(pack: Policy, lines: list[Line], days: tuple[str, str]) -> list[Line]:
    first, last = (date.fromisoformat(day) if day else None for day in days)
    return [
        line
        for line in lines
        if (not first or line.ends.astimezone(pack.timezone).date() >= first)
        and (not last or line.begins.astimezone(pack.timezone).date() <= last)
    ]


def _actions(request: Request, area: str) -> list[Action]:
    if not can(request.account, "deployment.record"):
        return []
    number = next_number(Event.objects.filter(kind="deployment.ordered").values_list("topic", flat=True), "D-001")
    back = urlencode({"order": number, "next": request.path})  # the order lies where its place does
    return [Action(ORDER, f"{reverse('records.record', args=['deployment.ordered'])}?{back}", "plus", primary=True)]


def order_of(code: str) -> Event | None:
    """The order of that number as said last."""
    return max(standing(Ordered).filter(topic=code).defer("personal", "digest"), key=lambda event: event.order, default=None)


def area_of_order(code: str) -> str | None:
    """The area of the place that receives, by which the gate decides."""
    event = order_of(code)
    return event.area if event else None


def confirm(request: Request, code: str) -> HttpResponse:
    """Says how many of an order have come; `?arrived=` is all in one press, and the same press again says nothing new."""
    event = order_of(code)
    if event is None:
        raise Http404
    back = links.ours(request.GET.get("next", ""), reverse("deployment.orders", args=[event.area]))
    pressed = request.method == "POST" and "arrived" in request.GET
    form = Form((ARRIVED,), request.GET if pressed else request.POST if request.method == "POST" else None)
    if form.valid():
        number, about = form.values["arrived"], {"place": event.place}
        form_id = uuid5(event.id, f"come {number}") if pressed else uuid7()
        try:
            answer = save(request.account, Entry(form_id, "deployment.confirmed", event.area, {"order": code, "arrived": number}, about))
        except Invalid as invalid:
            form.refuse("arrived", invalid.text)
        else:
            told(request, answer.id, DONE.format(n=number), back)
            return redirect(back)
    heading = Text("Order {order}: who has come", "调派令 {order} 到位确认", order=code)
    context = {"form": form, "cancel": back}
    return show(request, "console/pages/form.html", context, heading=heading, status=422 if form.errors else 200)


def sends(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where an order's number is taken, or it names somebody not of the account's area or not qualified for the post."""
    if (
        entry.corrects is None
        and Event.objects.filter(topic=str(entry.data["order"]), kind="deployment.ordered").exclude(id=entry.id).exists()
    ):
        raise Invalid("data.order", "taken", TAKEN)
    members = entry.data.get("members", ())
    of_our_own(account, members, "members")
    pack = policy(entry.area)
    day = at_of(str(entry.data["from_at"]), pack.timezone).astimezone(pack.timezone).date()
    for member in members:
        not_qualified(member, str(entry.data["post"]), pack, day)


def comes(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where nobody ordered it, or where more are confirmed than were ordered."""
    event = order_of(str(entry.data.get("order", "")))
    if event is None or not can(account, "workforce.record", event.area):
        raise Invalid("data.order", "unknown", NO_ORDER)
    if entry.data.get("arrived", 0) > ordered(event):
        raise Invalid("data.arrived", "too_many", TOO_MANY.format(n=ordered(event)))


guard("deployment.ordered", sends)
guard("deployment.confirmed", comes)
