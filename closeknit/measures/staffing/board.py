"""The board of need against presence: the posts that stand empty first; and one place by hour."""

from datetime import datetime, time
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tile
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.staffing.kinds import needs
from closeknit.measures.staffing.presence import BACK, Site, by_hour, sites
from closeknit.measures.workforce.kinds import post_words, stood
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

STATES = (("gap", Text("Short or empty", "缺员或空岗")), ("empty", Text("Empty", "空岗")), ("met", Text("Enough", "已到位")))
SET = Text("Set a need", "登记岗位需求")
NONE = Empty(
    Text("No need is set, and nobody is signed in at a place", "尚未登记岗位需求，也无人在场所签到"),
    Text(
        "First set how many people each site needs at each post; those who sign in there are then held against it.",
        "请先登记各点各岗位需要人数，到岗签到后自动对照。",
    ),
    icon="users",
)


def badge(site: Site) -> Badge:
    """How a post stands."""
    if site.empty:
        return Badge(Text("empty", "空岗"), "bad")
    if site.short:
        return Badge(Text("{n} short", "缺 {n} 人", n=site.short), "watch")
    return Badge(Text("enough", "已到位"), "good")


def _listing(pack: Policy) -> Listing:
    return Listing(
        columns=(
            Column("place", Text("Place", "场所"), lambda row: row.name, sort=lambda row: (row.name, row.post), phone="title",
                   link=lambda row: reverse("staffing.place", args=[row.place])),
            Column("state", Text("State", "状态"), badge, sort=lambda row: (not row.empty, -row.short, row.name, row.post), phone="end"),
            Column("post", Text("Post", "岗位"), lambda row: post_words(row.post, pack), sort=lambda row: str(post_words(row.post, pack))),
            Column("needed", Text("Needed", "需要"), lambda row: row.needed, sort=lambda row: row.needed, number=True),
            Column("present", Text("Present", "在岗"), lambda row: row.present, sort=lambda row: row.present, number=True),
            Column("short", Text("Short", "缺员"), lambda row: row.short, sort=lambda row: row.short, number=True),
        ),
        order="state",
        empty=NONE,
        filters=(Filter("state", Text("State", "状态"), where(_in_state), choices=STATES),),
        search=words_said(lambda row: (row.name, post_words(row.post, pack))),
    )  # fmt: skip


def _in_state(site: Site, state: str) -> bool:
    return {"gap": site.short > 0, "empty": site.empty}.get(state, site.short == 0)


def board(request: Request, area: str) -> HttpResponse:
    """Need against presence at the posts of an area, now."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    lines = sites(area, pack, at.now, at.as_of)
    url = reverse("staffing.board", args=[area])
    empty, short = sum(1 for each in lines if each.empty), sum(each.short for each in lines)
    tiles = [
        Tile(sum(each.needed for each in lines), Text("Needed now", "当前需要")),
        Tile(sum(each.present for each in lines), Text("Present", "当前在岗"), links.to("workforce.now", area=area)),
        Tile(short, Text("Short", "缺员"), f"{url}?state=gap", tone="watch" if short else "good"),
        Tile(empty, Text("Posts empty", "空岗"), f"{url}?state=empty", tone="bad" if empty else "good"),
    ]
    heading = Text("Need and presence: {area}", "{area} 需求与在岗对照", area=row.name)
    return _listing(pack).respond(
        request, lines, template="staffing/board.html", context={"at": at, "tiles": tiles if lines else []}, heading=heading,
        crumbs=links.above(request.account, row, "staffing.board"), actions=_actions(request, area),
    )  # fmt: skip


def _actions(request: Request, area: str, **more: str) -> list[Action]:
    url = links.to("shifts.orders", area=area)
    actions = [Action(Text("Deployment orders", "调派"), url, "arrow-right")] if url else []
    if can(request.account, "deployment.record"):
        asked = urlencode({"next": request.path, **more})  # the record lies where its place does
        actions.append(Action(SET, f"{reverse('records.record', args=['deployment.need_set'])}?{asked}", "plus", primary=True))
    return actions


HOURS = Listing(
    columns=(
        Column("hour", Text("Hour", "时段"), lambda row: f"{row.begins:%H:%M}", sort=lambda row: row.begins, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, phone="end"),
        Column("needed", Text("Needed", "需要"), lambda row: row.hour.needed, sort=lambda row: row.hour.needed, number=True),
        Column("present", Text("Present", "在岗"), lambda row: row.hour.present, sort=lambda row: row.hour.present, number=True),
        Column("short", Text("Short", "缺员"), lambda row: row.hour.short, sort=lambda row: row.hour.short, number=True),
    ),
    order="hour",
    empty=NONE,
    filters=(Filter("gaps", Text("Hours with a gap only", "仅看缺员时段"), where(lambda row, value: row.hour.short > 0), type="flag"),),
    per_page=24,
)


class _Line:
    """An hour with its state in words; of what is still to come none."""

    def __init__(self, hour, now: datetime, pack: Policy) -> None:  # type: ignore[no-untyped-def]
        self.hour, self.begins = hour, hour.begins.astimezone(pack.timezone)
        self.coming = hour.begins >= now

    @property
    def badge(self) -> Badge | str:
        if self.coming:
            return ""
        return badge(Site("", "", "", "", self.hour.needed, self.hour.present))


def place(request: Request, code: str) -> HttpResponse:
    """One place by hour of today."""
    row = Place.objects.current().filter(code=code).first()
    if row is None:
        raise Http404
    pack = policy(row.area)
    at = moment(request, pack)
    begins = datetime.combine(at.now.astimezone(pack.timezone).date(), time(), pack.timezone)
    wanted = [each for each in needs(row.area, pack, at.now, at.as_of) if each.place == code]
    stints = [each for each in stood(row.area, begins - BACK, at.now, as_of=at.as_of) if each.step.place == code]
    lines = [_Line(each, at.now, pack) for each in by_hour(wanted, stints, begins, at.now)]
    area = Area.objects.current().get(code=row.area)
    crumbs = [*links.above(request.account, area, "staffing.board"), (area.name, links.to("staffing.board", area=row.area))]
    heading = Text("{place}: by hour", "{place} 各时段需求与在岗", place=row.name)
    actions = _actions(request, row.area, place=code)
    return HOURS.respond(
        request, lines, template="staffing/board.html", context={"at": at}, heading=heading, crumbs=crumbs, actions=actions
    )
