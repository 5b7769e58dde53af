"""The command post round the clock: who is on duty today and tomorrow, where nobody is, and what each handed over to the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty
from closeknit.console.records import links
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.liaison.kinds import HandedOver
from closeknit.measures.liaison.rules import holes
from closeknit.measures.shifts.kinds import shifts_at
from closeknit.policy.packs import policy
from closeknit.registry.models import Member, Place

CATEGORY = "command_post"
HEADING = Text("Command post: duty", "指挥部值班")
HAND, PLAN = Text("Hand over", "登记交接"), Text("Plan shifts", "排班")
DONE = Text("Handed over.", "交接已登记。")
NOW, NOBODY = Badge(Text("on duty", "值班中"), "good"), Badge(Text("nobody", "无人值班"), "bad")
COMING = Badge(Text("planned", "已排班"), "info")
DAYS, NOTES = 2, 10
NONE = Empty(
    Text("There is no command post yet", "尚无指挥部值班室"),
    Text("Import a place of the category command_post; its shifts and hand-over notes stand here.",
         "请导入类别为 command_post 的场所，值班排班和交接记录在此查看。"),
    icon="clock",
)  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """A span of the roster: somebody's shift, or nobody's."""

    begins: datetime
    ends: datetime
    who: str
    phone: str
    badge: Badge


@dataclass(frozen=True)
class Post:
    """A command post with its roster and the notes of the last hand-overs, the latest first."""

    place: Place
    turns: list[Turn]
    notes: list[str]
    hand: str
    plan: str


def turns(place: str, begins: datetime, ends: datetime, now: datetime) -> list[Turn]:
    """The roster of a command post between two times, with the hours at which nobody is on duty from now on."""
    shifts = [shift for shift in shifts_at([place], begins, ends) if shift.cannot_at is None]
    people = {row.code: row for row in Member.objects.current().filter(code__in={shift.worker for shift in shifts})}
    made = []
    for shift in shifts:
        who = people.get(shift.worker)
        badge = NOW if shift.starts_at <= now < shift.ends_at else COMING
        made.append(Turn(shift.starts_at, shift.ends_at, who.name if who else shift.worker, who.phone.split(";")[0] if who else "", badge))
    bare = holes(((shift.starts_at, shift.ends_at) for shift in shifts), max(now, begins), ends)
    made += [Turn(start, stop, "", "", NOBODY) for start, stop in bare]
    return sorted(made, key=lambda turn: (turn.begins, turn.ends))


def duty(request: Request, area: str) -> HttpResponse:
    """The command posts of an area: today and tomorrow."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    now = moment(request, pack).now
    midnight = now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    below = Area.objects.below(area).values("code")
    places = list(Place.objects.current().filter(category=CATEGORY, area__in=below).order_by("code"))
    context = {"posts": [_post(request, place, midnight, now) for place in places], "empty": None if places else NONE}
    heading = Text("Command post: {area}", "{area} 指挥部值班", area=row.name)
    return show(request, "liaison/duty.html", context, heading=heading, crumbs=links.above(request.account, row, "liaison.duty"))


def _post(request: Request, place: Place, midnight: datetime, now: datetime) -> Post:
    said_there = standing(HandedOver).filter(place=place.code, at__lte=now).order_by("-at", "-id")[:NOTES]
    hand = reverse("liaison.hand_over", args=[place.code]) if can(request.account, "tasks.record") else ""
    roster = turns(place.code, midnight, midnight + timedelta(days=DAYS), now)
    return Post(place, roster, sentences(said_there, dated=True), hand, links.to("shifts.plan", code=place.code))


def area_of_post(code: str) -> str | None:
    """Where a command post lies; None where there is none of that code."""
    found: str | None = Place.objects.current().filter(code=code, category=CATEGORY).values_list("area", flat=True).first()
    return found


def hand_over(request: Request, code: str) -> HttpResponse:
    """The form of a hand-over: to whom, what happened, what is open."""
    place = Place.objects.current().get(code=code, category=CATEGORY)
    people = {**workers(request.account, request.account.area), "required": True}
    asked = fields("liaison.handed_over", "to", "notes", "open", to=people, notes={"type": "long_text"})

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        data = said("liaison.handed_over", values, place.area)
        return [Entry(form_id, "liaison.handed_over", place.area, data, {"place": code})]

    back = reverse("liaison.duty", args=[place.area])
    return respond(
        request, Asking(asked, entries, DONE, back), heading=Text("{hand}: {place}", "{hand}：{place}", hand=HAND, place=place.name)
    )
