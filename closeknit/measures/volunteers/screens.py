"""Volunteer calls: published, who signed up, taking them on in one press, and the days that they served."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import next_number, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.volunteers.kinds import Category, TakenOn
from closeknit.measures.volunteers.standing import Call, call_of, calls_of, sign_ups
from closeknit.measures.volunteers.taking import signed_up, take_on
from closeknit.measures.workforce.kinds import SignedIn, post_words
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member

NEW, SERVED = Text("New call", "发布招募"), Text("Days served", "服务天数")
DONE = Text("{name} is taken on; the code is {code}.", "已录用 {name}，人员编号 {code}。")
STATES = {
    "open": Badge(Text("open", "招募中"), "watch"), "full": Badge(Text("full", "已满员"), "good"),
    "closed": Badge(Text("closed", "已结束"), "quiet"), "over": Badge(Text("over", "已过期"), "quiet"),
}  # fmt: skip
NONE = Empty(
    Text("No volunteers called yet", "尚未发布招募"),
    Text(
        "Publish a call for a place, a post and a day; who signs up is matched, those who live nearest first.",
        "请按地点、岗位、日期发布招募；报名后按就近原则匹配。",
    ),
    icon="heart-handshake",
)
NOBODY = Empty(
    Text("No volunteer has served yet", "尚无志愿服务记录"),
    Text("Who is taken on signs in at the post; each day counts here.", "录用后到岗签到，逐日计入。"),
    icon="heart-handshake",
)
WALK_IN = (
    FormField("name", Text("Name", "姓名"), required=True, maximum=60),
    FormField("phone", Text("Telephone", "联系电话"), maximum=60),
    FormField("category", Text("As what", "人员类别"), "choice", choices=[(each.value, each.label) for each in Category], required=True),
)


def _today(pack: Policy) -> date:
    return clock.now().astimezone(pack.timezone).date()


def _listing(pack: Policy) -> Listing:
    return Listing(
        columns=(
            Column("call", Text("Call", "招募"), lambda row: row.code, sort=lambda row: row.code, phone="title",
                   link=lambda row: reverse("volunteers.call", args=[row.code])),
            Column("state", Text("State", "状态"), lambda row: STATES[row.state], phone="end",
                   sort=lambda row: (list(STATES).index(row.state), row.event.data["day"], row.code)),
            Column("place", Text("Place", "场所"), lambda row: row.place, sort=lambda row: row.place),
            Column("post", Text("Post", "岗位"), lambda row: post_words(row.event.data["post"], pack)),
            Column("day", Text("Day", "日期"), lambda row: row.event.data["day"][:10], sort=lambda row: row.event.data["day"]),
            Column("number", Text("Wanted", "招募"), lambda row: row.number, sort=lambda row: row.number, number=True),
            Column("signed_up", Text("Signed up", "报名"), lambda row: row.signed_up, sort=lambda row: row.signed_up, number=True),
            Column("taken", Text("Taken on", "录用"), lambda row: row.taken, sort=lambda row: row.taken, number=True),
        ),
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda row, value: row.state == value),
                   choices=[(name, badge.label) for name, badge in STATES.items()]),
        ),
        search=words_said(lambda row: (row.code, row.place, row.event.data.get("text", ""))),
    )  # fmt: skip


def calls(request: Request, area: str) -> HttpResponse:
    """The calls of an area's places."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    lines = calls_of(area, _today(pack))
    actions = [Action(SERVED, reverse("volunteers.served", args=[area]), "calendar")]
    if can(request.account, "deployment.record"):
        number = next_number(Event.objects.filter(kind="deployment.called").values_list("topic", flat=True), "Z-001")
        asked = urlencode({"call": number, "next": request.path})  # the call lies where its place does
        actions.append(Action(NEW, f"{reverse('records.record', args=['deployment.called'])}?{asked}", "plus", primary=True))
    heading = Text("Volunteers: {area}", "{area} 志愿者招募", area=row.name)
    crumbs = links.above(request.account, row, "volunteers.calls")
    return _listing(pack).respond(request, lines, heading=heading, crumbs=crumbs, actions=actions)


def area_of_call(code: str) -> str | None:
    """The area of the place that calls, by which the gate decides."""
    found: str | None = Event.objects.filter(kind="deployment.called", topic=code).order_by("arrival").values_list("area", flat=True).last()
    return found


def _call(code: str) -> Call:
    found = call_of(code, _today(policy(area_of_call(code) or "")))
    if found is None:
        raise Http404
    return found


def call(request: Request, code: str) -> HttpResponse:
    """One call: who signed up, the nearest first, and who walks in."""
    one = _call(code)
    pack, data = policy(one.event.area), one.event.data
    form = Form(WALK_IN, request.POST if request.method == "POST" else None, {"category": "volunteer"})
    if form.valid() and _walks_in(request, one, form):
        return redirect(request.path)
    people = sign_ups(one)
    trail.read(request.account, request.screen.name, [f"event:{each.event.id}" for each in people], what="volunteer", path=request.path)
    facts = Facts(
        [
            (Text("Place", "场所"), one.place), (Text("Post", "岗位"), post_words(data["post"], pack)),
            (Text("When", "时间"), f"{data['day'][:10]} {data.get('from_hour', 8):02d}–{data.get('to_hour', 18):02d}"),
            (Text("Wanted", "招募"), one.number), (Text("Taken on", "录用"), one.taken), (Text("State", "状态"), STATES[one.state]),
        ]
    )  # fmt: skip
    context = {"facts": facts, "people": people, "form": form, "open": one.state == "open", "text": data.get("text", "")}
    area = Area.objects.current().get(code=one.event.area)
    crumbs = [*links.above(request.account, area, "volunteers.calls"), (area.name, reverse("volunteers.calls", args=[area.code]))]
    asked = urlencode({"call": code, "next": request.path})
    actions = [
        Action(word, f"{reverse('records.record', args=[kind])}?{asked}", icon)
        for kind, word, icon in (
            ("deployment.signed_up", Text("Sign up", "登记报名"), "user-plus"), ("deployment.call_closed", Text("Close", "结束招募"), "x"),
        )
    ]  # fmt: skip
    heading = Text("Call {code}", "招募 {code}", code=code)
    return show(
        request, "volunteers/call.html", context, heading=heading, crumbs=crumbs, actions=actions, status=422 if form.errors else 200
    )


def _walks_in(request: Request, one: Call, form: Form) -> bool:
    """Signs up and takes on who stands at the desk."""
    said = {name: value for name, value in form.values.items() if value} | {"call": one.code, "walk_in": True}
    entry = Entry(uuid7(), "deployment.signed_up", one.event.area, said)
    try:
        save(request.account, entry)
        return _take(request, one, entry.id)
    except Invalid as invalid:
        form.refuse("", invalid.text)
        return False


def _take(request: Request, one: Call, event_id: UUID) -> bool:
    event = signed_up(event_id)
    if event is None or event.topic != one.code:
        raise Http404
    code = take_on(request.account, one, event)
    tell(request, DONE.format(name=event.told().get("name", "") or code, code=code))
    return True


def area_of_sign_up(event: UUID) -> str | None:
    """The area of the place that somebody signed up for, by which the gate decides."""
    held = signed_up(event)
    return area_of_call(held.topic) if held else None


@require_POST
def take(request: Request, event: UUID) -> HttpResponse:
    """Takes on who signed up: one press."""
    held = signed_up(event)
    if held is None:
        raise Http404
    try:
        _take(request, _call(held.topic), event)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    return redirect(reverse("volunteers.call", args=[held.topic]))


@dataclass(frozen=True)
class Line:
    """A volunteer's days of service."""

    code: str
    name: str
    category: str
    days: tuple[date, ...]


LOG = Listing(
    columns=(
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
        Column("days", Text("Days served", "服务天数"), lambda row: len(row.days), sort=lambda row: len(row.days), number=True,
               phone="end"),
        Column("category", Text("As what", "人员类别"), lambda row: row.category or None, sort=lambda row: row.category),
        Column("last", Text("Last day", "最近服务"), lambda row: row.days[-1] if row.days else None, sort=lambda row: row.days[-1:]),
        Column("which", Text("Which days", "服务日期"), lambda row: "、".join(f"{day:%m-%d}" for day in row.days) or None, phone="wide"),
        Column("code", Text("Code", "人员编号"), lambda row: row.code, sort=lambda row: row.code),
    ),
    order="-days",
    empty=NOBODY,
    search=words_said(lambda row: (row.name, row.category, row.code)),
)  # fmt: skip
SINCE = timedelta(days=62)


def served(request: Request, area: str) -> HttpResponse:
    """The days of service of those who were taken on in an area, of the last two months."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    lines = services(area, clock.now(), pack)
    crumbs = [*links.above(request.account, row, "volunteers.calls"), (row.name, reverse("volunteers.calls", args=[area]))]
    return replace(LOG, per_page=100).respond(request, lines, crumbs=crumbs)


def services(area: str, now: datetime, pack: Policy) -> list[Line]:
    """Each volunteer who was taken on with the local days on which they signed in; three statements."""
    workers = set(in_area(standing(TakenOn), area).values_list("data__worker", flat=True))
    signed = standing(SignedIn).filter(member__in=workers, at__gt=now - SINCE, at__lte=now).values_list("member", "at")
    days: dict[str, set[date]] = {}
    for member, at in signed:
        days.setdefault(member, set()).add(at.astimezone(pack.timezone).date())
    members = Member.objects.current().filter(code__in=workers).order_by("code")
    return [Line(each.code, each.name, each.unit, tuple(sorted(days.get(each.code, ())))) for each in members]
