"""The posts: counts by hour, and rows that end at time, post and decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, between_days
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Hours
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Decision
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.checkpoints.counts import CHECKED, DECIDED, Tallies, by_hour, last_hours, posts_in, silence, tallied
from closeknit.measures.checkpoints.kinds import PersonChecked, VehicleChecked
from closeknit.measures.checkpoints.rules import is_silent
from closeknit.measures.command.kinds import moment
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

NAMES = {
    "checkpoints.vehicles": Text("Vehicles", "车辆"), "checkpoints.vessels": Text("Vessels", "船只"),
    "checkpoints.persons": Text("Persons", "人员"), "checkpoints.turned_away": Text("Turned away", "劝返"),
    "checkpoints.referred": Text("Referred", "转交"),
}  # fmt: skip
NO_POSTS = Empty(
    Text("No checkpoint in this area", "本辖区无卡点"),
    Text(
        "Import places of the category checkpoint; what they record then stands here.", "导入类别为 checkpoint 的场所后，此处显示查验情况。"
    ),
    icon="barrier-block",
)
NO_ROWS = Empty(
    Text("Nothing checked here yet", "本卡点暂无查验"), Text("Rows appear as the post records.", "卡点登记后即显示。"), icon="barrier-block"
)
NO_DEBT = Empty(
    Text("No reason is owed", "无待补原因"),
    Text("Every vehicle turned away has its reason.", "劝返车辆均已写明原因。"),
    icon="circle-check",
)
CHECKS = (
    ("checkpoints.vehicle_checked", Text("Check a vehicle", "登记车辆"), "plus"),
    ("checkpoints.person_checked", Text("Check a person", "登记人员"), "user"),
)
BARE = Text("Time, post and decision only: this path ends here.", "仅列时间、卡点和处置，查询到此为止。")


@dataclass(frozen=True)
class Post:
    """One post's line."""

    place: Place
    numbers: Tallies
    start: datetime
    now: datetime
    silent_after: timedelta

    def today(self, name: str) -> int:
        return self.numbers.sum(name, self.start, self.start + timedelta(days=1))

    def yesterday(self, name: str) -> int:
        return self.numbers.sum(name, self.start - timedelta(days=1), self.start)

    def difference(self, name: str) -> int | None:
        return self.numbers.difference(name, self.start, self.start + timedelta(days=1))

    @property
    def unchecked(self) -> str:
        """What others counted and nobody checked, by name."""
        found = [(NAMES[name], self.difference(name)) for name in CHECKED]
        return " ".join(f"{word} {number:+d}" for word, number in found if number is not None)

    @property
    def badge(self) -> Badge:
        last = self.numbers.last
        if last is None:
            return Badge(Text("not begun", "未启用"), "quiet")
        silent = is_silent(min(last + timedelta(hours=1), self.now), self.now, self.silent_after)
        return Badge(Text("silent", "无登记"), "bad") if silent else Badge(Text("at work", "正常"), "good")

    @property
    def hours(self) -> list[datetime]:
        return last_hours(self.now, self.start.tzinfo)  # type: ignore[arg-type]  # the day began in the pack's zone

    @property
    def silence(self) -> int:
        return silence(self.numbers, self.hours)

    @property
    def by_hour(self) -> Hours:
        return by_hour(self.numbers, self.hours)


def _today(name: str) -> Column:
    def number(row: Post) -> int:
        return row.today(name)

    return Column(name.partition(".")[2], NAMES[name], number, sort=number, number=True)


POSTS = Listing(
    columns=(
        Column("name", Text("Post", "卡点"), lambda row: row.place.name, sort=lambda row: row.place.code, phone="title",
               link=lambda row: reverse("checkpoints.post", args=[row.place.code])),
        Column("state", Text("State", "状态"), lambda row: row.badge, export=lambda row: str(row.badge), phone="end"),
        *(_today(name) for name in (*CHECKED, *DECIDED)),
        Column("yesterday", Text("Yesterday", "昨日合计"), lambda row: sum(row.yesterday(name) for name in CHECKED), number=True),
        Column("running", Text("Running total", "累计"), lambda row: sum(row.numbers.sum(name) for name in CHECKED), number=True),
        Column("unchecked", Text("Counted and not checked", "计数与查验之差"), lambda row: row.unchecked or None),
        Column("silence", Text("Hours of 24 without a check", "24小时内无登记时数"), lambda row: row.silence, number=True,
               sort=lambda row: row.silence),
    ),
    order="name",
    empty=NO_POSTS,
)  # fmt: skip
DECISIONS = [(each.value, each.label) for each in Decision]
WORDS = {each.value: each for each in Decision}
TONES = {Decision.ADMITTED: "good", Decision.TURNED_AWAY: "watch", Decision.REFERRED: "info"}
AT = Column("at", Text("Time", "时间"), lambda event: event.at, sort=("at", "id"), phone="title")
ROWS = Listing(
    columns=(
        AT,
        Column("post", Text("Post", "卡点"), lambda event: event.post),
        Column(
            "decision", Text("Decision", "处置"), lambda event: _decision(event), export=lambda event: str(_decision(event)), phone="end"
        ),
    ),
    order="-at",
    empty=NO_ROWS,
    filters=(
        Filter("decision", Text("Decision", "处置"), lambda rows, value: rows.filter(data__decision=value), choices=DECISIONS),
        Filter("day", Text("Day", "日期"), between_days("at"), type="days"),
    ),
    dress=lambda events: _posted(events),
)
OWED = Listing(columns=(AT, Column("post", Text("Post", "卡点"), lambda event: event.post)), order="-at", empty=NO_DEBT, dress=ROWS.dress)


def _decision(event: Event) -> Badge:
    one = WORDS.get(event.data.get("decision", ""))
    return Badge(one.label, TONES[one]) if one else Badge("—", "quiet")


def _posted(events: list[Event]) -> list[Event]:
    names = dict(Place.objects.current().filter(code__in={event.place for event in events}).values_list("code", "name"))
    for event in events:
        event.post = names.get(event.place, event.place)  # type: ignore[attr-defined]
    return events


def _made(area: str, places: list[Place], now: datetime) -> list[Post]:
    pack = policy(area)
    start = now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = tallied([place.code for place in places], area, start)
    silent_after = timedelta(hours=float(pack.get("checkpoints.silent_after_h")))
    return [Post(place, found[place.code], start, now, silent_after) for place in places]


def posts(request: Request, area: str) -> HttpResponse:
    """All posts of an area, and the area's hours of the day."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    made = _made(area, posts_in(area), at.now)
    together = Tallies()
    for post in made:
        together.add(post.numbers)
    context = {"at": at, "hours": by_hour(together, last_hours(at.now, pack.timezone)) if made else None}
    owed = Action(Text("Reasons owed", "待补原因"), reverse("checkpoints.owed", args=[area]), "alert-triangle")
    heading = Text("Checkpoints: {area}", "{area} 卡点查验", area=row.name)
    crumbs = links.above(request.account, row, "checkpoints.posts")
    return POSTS.respond(request, made, template="checkpoints/posts.html", context=context, heading=heading, crumbs=crumbs, actions=[owed])


def area_of_post(code: str) -> str | None:
    """Where a post stands; None where there is no such post."""
    found: str | None = Place.objects.current().filter(code=code, category="checkpoint").values_list("area", flat=True).first()
    return found


def post(request: Request, code: str) -> HttpResponse:
    """One post: its hours, and its rows without anybody in them."""
    place = Place.objects.current().filter(code=code, category="checkpoint").first()
    if place is None:
        raise Http404
    at = moment(request, policy(place.area))
    (made,) = _made(place.area, [place], at.now)
    rows = standing(PersonChecked, VehicleChecked).filter(place=code).only("id", "at", "place", "data")
    context = {
        "post": made,
        "at": at,
        "hours": made.by_hour,
        "numbers": [(NAMES[name], made.today(name), made.yesterday(name), made.numbers.sum(name)) for name in NAMES],
        "bare": BARE,
    }
    heading, crumbs, actions = place.name, _crumbs(request, place), _checks(request, place)
    return ROWS.respond(request, rows, template="checkpoints/post.html", context=context, heading=heading, crumbs=crumbs, actions=actions)


def _checks(request: Request, place: Place) -> list[Action]:
    """What is recorded at a post, for those who record there; afterwards the post stands before them again."""
    if not can(request.account, "checkpoints.record"):
        return []
    known = urlencode({"place": place.code, "next": reverse("checkpoints.post", args=[place.code])})
    return [
        Action(text, f"{links.to('records.record', kind=kind)}?{known}", icon, primary=kind == "checkpoints.vehicle_checked")
        for kind, text, icon in CHECKS
    ]


def _crumbs(request: Request, place: Place) -> list[tuple[Text | str, str]]:
    area = Area.objects.current().get(code=place.area)
    return [*links.above(request.account, area, "checkpoints.posts"), (area.name, reverse("checkpoints.posts", args=[area.code]))]


def owed(request: Request, area: str) -> HttpResponse:
    """Vehicles turned away without a reason: when and where, and nothing else."""
    row = Area.objects.current().get(code=area)
    inside = Area.objects.below(area).values("code")
    rows = standing(VehicleChecked).filter(area__in=inside, data__decision=Decision.TURNED_AWAY.value).exclude(data__has_key="reason")
    crumbs = [*links.above(request.account, row, "checkpoints.posts"), (row.name, reverse("checkpoints.posts", args=[area]))]
    return OWED.respond(request, rows.only("id", "at", "place"), crumbs=crumbs)
