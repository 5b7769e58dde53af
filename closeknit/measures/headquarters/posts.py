"""The named people of each village: its specialists and its three forces; where nobody is named stands first."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area, Level
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.headquarters.listing import ways
from closeknit.measures.headquarters.standing import holders
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member

NAME = Text("Name somebody", "确定人员")
NONE = Empty(
    Text("There is no village here", "本辖区无村（社区）"),
    Text("Import the areas first.", "请先导入行政区划。"),
)
VACANT = Badge(Text("somebody is missing", "有空缺"), "watch")
FILLED = Badge(Text("all are named", "已配齐"), "good")


@dataclass(frozen=True)
class Line:
    """A village with who holds which post, by name and telephone, and what else people there are named for."""

    area: Area
    held: dict[str, list[str]]
    others: list[str]
    wanted: tuple[str, ...]

    @property
    def vacant(self) -> int:
        return sum(not self.held.get(post) for post in self.wanted)

    @property
    def badge(self) -> Badge:
        return VACANT if self.vacant else FILLED

    def who(self, post: str) -> str | None:
        return "、".join(self.held.get(post, ())) or None


def post_label(post: str, pack: Policy) -> Text | str:
    """What the pack calls a post, else the post itself."""
    said = (pack.get("headquarters.posts") or {}).get(post)
    return Text(said["en"], said["zh"]) if said else post


def lines(area: str, pack: Policy, request: Request) -> list[Line]:
    """The villages of an area with their people; three statements."""
    at = moment(request, pack)
    found = holders(area, at.now.astimezone(pack.timezone).date(), until=at.now, as_of=at.as_of)
    people = {
        row.code: row for row in Member.objects.current().filter(code__in={e.data["worker"] for each in found.values() for e in each})
    }
    wanted = tuple(pack.get("headquarters.village_posts"))
    held: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (code, post), events in found.items():
        workers = [event.data["worker"] for event in events]
        held[code][post] = [f"{people[each].name} {people[each].phone}".strip() if each in people else each for each in workers]

    def line(row: Area) -> Line:
        others = [f"{post_label(post, pack)} {'、'.join(who)}" for post, who in held[row.code].items() if post not in wanted]
        return Line(row, held[row.code], others, wanted)

    return [line(row) for row in Area.objects.below(area).filter(level=Level.VILLAGE).order_by("path")]


def _columns(pack: Policy, act: Column | None) -> tuple[Column, ...]:
    wanted = [
        Column(post, post_label(post, pack), partial(Line.who, post=post), sort=partial(_by_name, post)) for post in
        pack.get("headquarters.village_posts")
    ]  # fmt: skip
    return (
        Column("area", Text("Village", "村（社区）"), lambda row: row.area.name, sort=lambda row: row.area.path, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (-row.vacant, row.area.path), phone="end"),
        *wanted,
        Column("others", Text("Others", "其他岗位"), lambda row: "；".join(row.others) or None, phone="wide"),
        *((act,) if act else ()),
    )


def _by_name(post: str, row: Line) -> tuple[str, str]:
    return (row.who(post) or "", row.area.path)


def _act(here: str, row: Line) -> Action:
    post = next((post for post in row.wanted if not row.held.get(post)), "")
    query = urlencode({"area": row.area.code, "post": post, "next": here})
    return Action(NAME, f"{reverse('records.record', args=['headquarters.appointed'])}?{query}", "user")


def posts(request: Request, area: str) -> HttpResponse:
    """Who is named for what in each village of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    may = can(request.account, "headquarters.record")
    act = Column("act", Text("Next", "下一步"), partial(_act, links.here(request)), export=lambda line: "", phone="wide") if may else None
    listing = Listing(
        columns=_columns(pack, act), order="state", empty=NONE,
        filters=(Filter("vacant", Text("Somebody is missing", "仅看有空缺"), where(lambda line, value: line.vacant > 0), type="flag"),),
        search=words_said(lambda line: (line.area.name, *line.others, *(who for each in line.held.values() for who in each))),
    )  # fmt: skip
    return listing.respond(
        request, lines(area, pack, request), template="headquarters/list.html", context={"tabs": ways(area, "headquarters.posts")},
        heading=Text("Posts in the villages: {area}", "{area} 岗位责任人", area=row.name),
        crumbs=links.above(request.account, row, "headquarters.posts"),
    )  # fmt: skip
