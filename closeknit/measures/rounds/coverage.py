"""How far a round has come, by area and by mark of the register: every number leads down to the people behind it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.live import Standing
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.coverage.rows import Row, rows, ways
from closeknit.console.lists.columns import Column, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Progress, Tile
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.rounds.words import MARKS
from closeknit.registry.models import Person

WAYS = "rounds.coverage", "rounds.persons"  # of an area with parts, of one without

KIND = "testing.round"
HOME_AREAS = 5
NONE = Empty(
    Text("No round reaches this area yet", "本辖区尚无检测轮次"),
    Text("Whoever plans campaigns plans a round; who is due then stands here.", "由负责人在“专项行动”中部署轮次后，此处显示应检人员。"),
    icon="test-pipe",
)
NO_MARK = Empty(
    Text("Nobody of this round bears a mark", "本轮应检人员无标签"),
    Text(
        "Marks come with the roster's column of key categories: a school class, a factory, a stall. Bring the roster in with it.",
        "标签取自名册“重点类别”一列，可填学校班级、工厂、摊位等。请在名册中填写后导入。",
    ),
    icon="tags",
)


def tiles(seen: Asked, total: Standing) -> list[Tile]:
    """The whole area's numbers: due, excused, sampled, left."""

    def to(state: str) -> str:
        return seen.url("rounds.persons", state=state)

    return [
        Tile(total.left, Text("Left", "应检未检"), to("left"), tone="watch" if total.left else "good"),
        Tile(total.reached, Text("Sampled", "已采"), to("sampled"), tone="good"),
        Tile(total.words[live.EXCUSED], Text("Excused", "豁免"), to("excused")),
        Tile(total.due, Text("Due", "应检"), to("due")),
    ]


def coverage(request: Request, area: str) -> HttpResponse:
    """A round in an area: its numbers, and those of each area right below."""
    seen = asked(request, KIND, area)
    context: dict[str, Any] = {"asked": seen, "none": NONE}
    if seen.live is not None:
        total, lead = seen.live.total, ways(seen, *WAYS)
        context |= {"progress": Row(total, lead).progress, **_parts(rows(seen, lead)), "tiles": tiles(seen, total)}
    heading = Text("Testing: {area}", "{area} 检测", area=seen.area.name)
    crumbs = seen.crumbs("rounds.coverage")
    return show(request, "rounds/coverage.html", context, heading=heading, crumbs=crumbs, actions=_actions(seen))


def _parts(lines: list[Row]) -> dict[str, list[Row]]:
    """The areas in which somebody is due, and apart from them those in which nobody is."""
    return {"rows": [row for row in lines if row.standing.due], "idle": [row for row in lines if not row.standing.due]}


def _actions(seen: Asked) -> list[Action]:
    actions = [Action(Text("To be sampled singly", "需单采复核"), seen.url("rounds.singly"), "alert-triangle")]
    if seen.campaign is not None:
        left = Action(Text("Who is left", "应检未检名单"), seen.url("rounds.persons"), "list-check", primary=True)
        actions = [left, Action(Text("By mark or class", "按标签、班级"), seen.url("rounds.marks"), "tags"), *actions]
    return actions


def on_home(request: HttpRequest) -> dict[str, Any] | None:
    """The round on the first screen, while it runs: what is left in one's own area, and where most of it lies."""
    account = request.user
    area = Area.objects.current().filter(code=account.area).first() if isinstance(account, Account) and account.area else None
    campaigns = live.touching(KIND, area) if area else []
    seen = Asked(request, area, tuple(campaigns), live.chosen(campaigns)) if area else None  # type: ignore[arg-type]
    if seen is None or not seen.runs or seen.live is None:
        return None
    worst = [row for row in rows(seen, ways(seen, *WAYS)) if row.standing.left][:HOME_AREAS]
    total = Row(seen.live.total, ways(seen, *WAYS))
    return {"asked": seen, "total": total, "rows": worst, "more": seen.url("rounds.coverage") if seen.live.parts else ""}


@dataclass
class Mark:
    """One mark of the register and how far the round has come among those who bear it."""

    name: str
    standing: Standing = field(default_factory=lambda: Standing("", "", ""))

    @property
    def label(self) -> Text | str:
        return MARKS.get(self.name, self.name)

    @property
    def progress(self) -> Progress:
        return Progress(self.standing.reached, self.standing.due - self.standing.words[live.EXCUSED])


def marked(seen: Asked) -> list[Mark]:
    """The marks of those who are due, each with its numbers; a statement for the register."""
    found: dict[str, Mark] = {}
    for due in live.due(seen.campaign, seen.area.code) if seen.campaign else ():
        if due.model is Person:
            counted = live.worded(due.exclude(tags=[]), seen.campaign).values("tags", "word").annotate(number=Count("pk")).order_by()  # type: ignore[arg-type]
            for tags, word, number in counted.values_list("tags", "word", "number"):
                for tag in tags:
                    found.setdefault(tag, Mark(tag)).standing.take(word, number)
    return list(found.values())


def marks(request: Request, area: str) -> HttpResponse:
    """A round by mark of the register: school classes and workplaces where the roster tells them."""
    seen = asked(request, KIND, area)

    def to(row: Mark) -> str:
        return seen.url("rounds.persons", mark=row.name)

    listing = Listing(
        columns=(
            Column("mark", Text("Mark", "标签、班级"), lambda row: row.label, lambda row: str(row.label), link=to, phone="title"),
            Column(
                "left", Text("Left", "应检未检"), lambda row: row.standing.left, lambda row: row.standing.left, number=True, phone="end"
            ),
            Column(
                "share", Text("Sampled of due", "已采／应采"), lambda row: row.progress, export=lambda row: str(row.progress), phone="wide"
            ),
            Column("excused", Text("Excused", "豁免"), lambda row: row.standing.words[live.EXCUSED], number=True),
            Column("due", Text("Due", "应检"), lambda row: row.standing.due, lambda row: row.standing.due, number=True),
        ),
        order="-left",
        empty=NO_MARK if seen.campaign else NONE,
        search=words_said(lambda row: (row.name, row.label)),
    )
    heading = Text("Testing by mark or class: {area}", "{area} 检测（按标签、班级）", area=seen.area.name)
    crumbs = [*seen.crumbs("rounds.coverage"), (seen.area.name, seen.url("rounds.coverage"))]
    return listing.respond(request, marked(seen), context={"asked": seen}, template="rounds/marks.html", heading=heading, crumbs=crumbs)
