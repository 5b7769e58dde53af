"""The campaigns: what runs, what comes, what is over; planning one, changing it, ending it."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import areas_of, can, in_scope
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.planning import BadPlan
from closeknit.campaigns.types import types
from closeknit.console.coverage.asked import COMING, OVER, RUNNING, Asked, state_of
from closeknit.console.coverage.rows import Row, Ways, rows, tiles
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts, Progress
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.campaigning import plans, targets

PLANNED = Text("Planned: {name}", "已部署：{name}")
CHANGED = Text("Changed: {name}", "已修改：{name}")
ENDED = Text("Ended: {name}", "已结束：{name}")
CAMPAIGNS = Text("Campaigns", "专项行动")
END_ASKED = Text("End this campaign now? What was recorded stays.", "现在结束该行动？已登记内容保留。")
NONE = Empty(
    Text("No campaign yet", "尚无专项行动"),
    Text("A campaign says who must be reached by when; coverage and gap lists follow from it.", "部署行动后，进度和未落实清单自动生成。"),
    icon="flag",
)
STATES = {"running": RUNNING, "coming": COMING, "over": OVER}
TONES = {"running": "info", "coming": "quiet", "over": "quiet"}


@dataclass(frozen=True)
class Line:
    """One campaign in the list; how far it has come in the reader's area where it runs."""

    campaign: Campaign
    area: str
    progress: Progress | str = ""

    def __str__(self) -> str:
        return str(self.campaign)

    @property
    def label(self) -> Text:
        return types()[self.campaign.kind].label

    @property
    def targets(self) -> Text:
        return targets.in_words(self.campaign.targets)

    @property
    def state(self) -> str:
        return next(name for name, label in STATES.items() if label == state_of(self.campaign))

    @property
    def badge(self) -> Badge:
        return Badge(STATES[self.state], TONES[self.state])

    @property
    def rank(self) -> tuple[int, float]:
        """What runs first, then what comes, then what is over; the latest first."""
        return [*STATES].index(self.state), -self.campaign.starts_at.timestamp()

    @property
    def url(self) -> str:
        return reverse("campaigning.campaign", args=[self.campaign.code])


COLUMNS = (
    Column(
        "name", Text("Name", "名称"), lambda line: str(line.campaign), lambda line: str(line.campaign), lambda line: line.url, phone="title"
    ),
    Column("state", Text("State", "状态"), lambda line: line.badge, lambda line: line.rank, phone="end"),
    Column("kind", Text("Kind", "行动类型"), lambda line: line.label, lambda line: line.campaign.kind),
    Column("targets", Text("Whom", "对象"), lambda line: line.targets),
    Column("area", Text("Area", "地区"), lambda line: line.area, lambda line: line.campaign.area),
    Column("from", Text("From", "开始"), lambda line: line.campaign.starts_at, lambda line: line.campaign.starts_at),
    Column("to", Text("To", "结束"), lambda line: line.campaign.ends_at, lambda line: line.campaign.ends_at),
    Column("progress", Text("Here", "本辖区进度"), lambda line: line.progress, phone="wide"),
)


def _mine(request: Request) -> tuple[Area, list[Campaign]]:
    """The reader's area and the campaigns that reach into it, the latest first; of those kinds that the pack in force knows."""
    area = areas_of(request.account).filter(code=request.account.area).first()
    if area is None:
        raise Http404
    known = targets.offered_types(plans.policy(area.code))
    found = [each for kind in known for each in live.touching(kind, area)]
    return area, sorted(found, key=lambda each: (each.starts_at, each.code), reverse=True)


def campaigns(request: Request) -> HttpResponse:
    """What runs, what comes, what is over."""
    area, found = _mine(request)
    names = Area.objects.names({each.area for each in found})

    def dress(lines: list[Line]) -> list[Line]:
        return [replace(line, progress=_progress(line.campaign, area)) if line.state == "running" else line for line in lines]

    listing = Listing(
        columns=COLUMNS,
        order="state",
        empty=NONE,
        filters=[
            Filter("state", Text("State", "状态"), where(lambda line, value: line.state == value), choices=[*STATES.items()]),
            Filter("kind", Text("Kind", "行动类型"), where(lambda line, value: line.campaign.kind == value), choices=_kinds(found)),
        ],
        search=words_said(lambda line: (line.campaign, line.area)),
        dress=dress,
        per_page=20,
    )
    lines = [Line(each, names.get(each.area, each.area)) for each in found]
    return listing.respond(request, lines, actions=_plan_action(request))


def _kinds(found: list[Campaign]) -> list[tuple[str, Text]]:
    return [(kind, types()[kind].label) for kind in sorted({each.kind for each in found})]


def _progress(campaign: Campaign, area: Area) -> Progress:
    total = live.live(campaign, area).total
    return Progress(total.reached, total.due - total.words[live.EXCUSED])


def _plan_action(request: Request) -> list[Action]:
    allowed = can(request.account, "campaigns.manage")
    return [Action(Text("Plan a campaign", "部署行动"), reverse("campaigning.plan"), "plus", primary=True)] if allowed else []


def _found(request: Request, code: str) -> tuple[Area, Campaign]:
    """A campaign that reaches into the reader's area; what lies elsewhere is answered like what does not exist."""
    area, found = _mine(request)
    campaign = next((each for each in found if each.code == code), None)
    if campaign is None:
        raise Http404
    inside = Area.objects.current().filter(code=campaign.area, path__contains=f"/{area.code}/").first()
    return inside or area, campaign


def _own(request: Request, code: str) -> Campaign:
    """A campaign of the reader's own area or below it, which the reader may change."""
    _, campaign = _found(request, code)
    if not in_scope(request.account, campaign.area):
        raise Http404
    return campaign


def campaign(request: Request, code: str) -> HttpResponse:
    """One campaign: what it is, and how far it has come here."""
    area, held = _found(request, code)
    seen = Asked(request, area, (held,), held)
    assert seen.live is not None
    ways = _ways(held)
    total = Row(seen.live.total, ways)
    facts = Facts(
        [
            (Text("Kind", "行动类型"), types()[held.kind].label),
            (Text("Whom it must reach", "行动对象"), targets.in_words(held.targets)),
            (Text("Area", "地区"), Area.objects.current().filter(code=held.area).values_list("name", flat=True).first()),
            (Text("Begins", "开始时间"), held.starts_at),
            (Text("Ends", "结束时间"), held.ends_at),
            (Text("State", "状态"), state_of(held)),
        ]
    )
    context: dict[str, Any] = {"facts": facts, "total": total, "tiles": tiles(total), "rows": rows(seen, ways), "here": area}
    crumbs = [(CAMPAIGNS, reverse("campaigning.list"))]
    return show(request, "campaigning/campaign.html", context, heading=str(held), crumbs=crumbs, actions=_actions(request, held))


def _ways(held: Campaign) -> Ways:
    """A sweep's numbers lead to its doors; other kinds have their own screens."""
    if held.kind != "doorknock":
        return Ways()
    kept = f"?campaign={held.code}"
    return Ways(
        lambda standing: reverse("doorknock.coverage", args=[standing.code]) + kept,
        lambda standing, state: reverse("doorknock.gaps", args=[standing.code]) + f"{kept}&state={state}",
    )


def _actions(request: Request, held: Campaign) -> list[Action]:
    if not can(request.account, "campaigns.manage", held.area):
        return []
    actions = [Action(Text("Change", "修改"), reverse("campaigning.change", args=[held.code]), "pencil")]
    if held.ends_at > clock.now():
        end_now = Text("End now", "提前结束")
        actions.append(Action(end_now, reverse("campaigning.end", args=[held.code]), "player-pause", method="post", confirm=END_ASKED))
    return actions


def plan(request: Request) -> HttpResponse:
    """Planning a campaign."""
    return _planning(request, None)


def change(request: Request, code: str) -> HttpResponse:
    """Changing one: a new version, the old one is kept."""
    return _planning(request, _own(request, code))


def _planning(request: Request, held: Campaign | None) -> HttpResponse:
    form = plans.form(request.account, request.POST if request.method == "POST" else None, held)
    made = plans.planned(request.account, form, held)
    if made is not None:
        tell(request, (CHANGED if held else PLANNED).format(name=str(made)))
        return redirect("campaigning.campaign", made.code)
    crumbs = [(CAMPAIGNS, reverse("campaigning.list"))]
    cancel = reverse("campaigning.campaign", args=[held.code]) if held else reverse("campaigning.list")
    context = {"form": form, "cancel": cancel}
    return show(request, "console/pages/form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
def end(request: Request, code: str) -> HttpResponse:
    """Ends a campaign now."""
    held = _own(request, code)
    try:
        plans.end(held)
    except BadPlan as bad:
        tell(request, bad.text, tone="watch")
    else:
        tell(request, ENDED.format(name=str(held)), tone="info")
    return redirect("campaigning.campaign", code)
