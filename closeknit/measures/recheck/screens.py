"""Calling back: the draw with its seed, the list to call, how far the calls agree with the visits."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.campaigns.live import due
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty, Pressable
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.records.saving import Entry, author
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.doorknock.kinds import Outcome, Recheck
from closeknit.measures.recheck import draws
from closeknit.measures.recheck.draws import Draw

SAME = Text("Drawn again from the same seed: the same {n} door{n:s}.", "用同一种子重抽，结果一致，共 {n} 户。")
OTHER = Text("Drawn again, the list is not the same. Tell whoever keeps the system.", "重抽结果与原名单不一致，请联系系统管理员。")
DRAWN = Text("{n} door{n:s} drawn.", "已抽取 {n} 户。")
NOTHING = Empty(
    Text("Nothing drawn here yet", "本辖区尚未抽取"),
    Text(
        "A supervisor draws some of the settled doors; somebody else than the visitor calls them.",
        "由督导抽取部分已落实户，由走访人以外的人员回访。",
    ),
    icon="phone",
)
TONES = {"agrees": "good", "differs": "bad", "not_reached": "watch"}
KIND = "doorknock"
SHOWN = 50
PURPOSE = "recheck"


@dataclass(frozen=True)
class Line(Pressable):
    """One drawn door: whom to call, what was written down, what the call brought."""

    called: Called
    visits: list[Event]
    visitor: str
    call: Event | None
    own: bool

    @property
    def visited(self) -> Event | None:
        return self.visits[-1] if self.visits else None

    @property
    def outcome(self) -> Text | str:
        return Outcome(self.visited.data["outcome"]).label if self.visited else ""

    @property
    def badge(self) -> Badge | None:
        return Badge(Recheck(self.call.data["outcome"]).label, TONES[self.call.data["outcome"]]) if self.call else None


def page(request: Request, area: str) -> HttpResponse:
    """The latest draw, or the one that the query names, and its calls."""
    seen = asked(request, KIND, area)
    made, everything = _made(seen)
    context: dict[str, Any] = {
        "asked": seen, "made": made, "all": everything, "nothing": NOTHING, "draw_id": uuid7(),
        "may_draw": can(request.account, "supervision.manage") and seen.campaign is not None,
        "share": f"{float(seen.policy.get('doorknock.recheck_share', 0.05)) * 100:g}",
    }  # fmt: skip
    if made is not None:
        context |= _calls(seen, made)
    heading = Text("Call back: {name}", "回访抽查：{name}", name=seen.area.name)
    crumbs = [*seen.crumbs("doorknock.recheck"), (Text("Sweep", "敲门行动"), seen.url("doorknock.coverage"))]
    return show(request, "recheck/recheck.html", context, heading=heading, crumbs=crumbs)


def _made(seen: Asked) -> tuple[Draw | None, list[Draw]]:
    if seen.campaign is None:
        return None, []
    everything = draws.draws(seen.campaign, seen.area.code)
    wanted = seen.request.GET.get("draw", "")
    return next((each for each in everything if str(each.event.id) == wanted), everything[0] if everything else None), everything


def _calls(seen: Asked, made: Draw) -> dict[str, Any]:
    assert seen.campaign is not None
    called = draws.calls(made, seen.campaign)
    areas = {
        row["code"]: row["area"]
        for rows in due(seen.campaign, seen.area.code)
        for row in rows.filter(code__in=made.households).values("code", "area")
    }
    pages = range(0, len(made.households), SHOWN)
    start = next((each for each in pages if str(each // SHOWN + 1) == seen.request.GET.get("page")), 0)
    lines = _lines(seen, made.households[start : start + SHOWN], called)
    trail.read(
        seen.account, "doorknock.recheck", [each.called.code for each in lines], what="household", purpose=PURPOSE, path=seen.request.path
    )
    same, agreed = None, draws.agreement(areas, called)
    if seen.request.GET.get("again"):
        same = draws.drawn_again(made, seen.campaign) == made.households
    return {
        "lines": lines, "agreement": [each for each in agreed if each.outcomes], "done": len(called), "again": same,
        "waiting": [each for each in agreed if not each.outcomes], "drawn_by": draws.by_whom(made),
        "again_text": SAME.format(n=len(made.households)) if same else OTHER,
        "pages": [(each // SHOWN + 1, each == start) for each in pages] if len(pages) > 1 else [], "outcomes": list(Outcome),
    }  # fmt: skip


def _lines(seen: Asked, codes: list[str], called: dict[str, Event]) -> list[Line]:
    assert seen.campaign is not None
    full = can(seen.account, "supervision.record")
    people = names.households(codes, full=full)
    visits = draws.visits(seen.campaign, codes)
    visitors = names.members(each.member for events in visits.values() for each in events)
    by = author(seen.account)
    lines = []
    for code in codes:
        events = visits.get(code, [])
        visitor = visitors.get(events[-1].member, events[-1].member) if events else ""
        own = by in {event.member for event in events}
        lines.append(Line(people.get(code, Called(code, "")), events, visitor, called.get(code), own))
    return lines


@require_POST
def draw(request: Request, area: str) -> HttpResponse:
    """Draws now; the same form twice draws once."""
    if not can(request.account, "supervision.manage"):
        raise PermissionDenied
    seen = asked(request, KIND, area)
    if seen.campaign is None:
        raise Http404
    try:
        made = draws.draw(request.account, seen.campaign, area, event_id=_uuid(request.POST.get("event", "")))
    except Invalid as invalid:
        tell(request, invalid.text, tone="watch")
    else:
        tell(request, DRAWN.format(n=len(made.households)))
    return redirect(reverse("doorknock.recheck", args=[area]) + f"?campaign={seen.campaign.code}")


@require_POST
def call(request: Request, area: str, event: UUID) -> HttpResponse:
    """Writes down what a call brought."""
    seen = asked(request, KIND, area)
    held = Event.objects.filter(id=event, kind="doorknock.recheck_drawn", area=area, superseded_at__isnull=True).first()
    campaign = next((each for each in seen.campaigns if held and each.code == held.data["campaign"]), None)
    if held is None or campaign is None:
        raise Http404
    back = links.ours(request.POST.get("next", ""), reverse("doorknock.recheck", args=[area]))
    household, outcome = request.POST.get("household", ""), request.POST.get("outcome", "")
    data = {"outcome": outcome, "said": "" if outcome == Recheck.NOT_REACHED else request.POST.get("said", ""), "draw": str(held.id)}
    row = Entry(_uuid(request.POST.get("event", "")), "doorknock.rechecked", area, data, {"household": household})
    try:
        draws.call(request.account, Draw(held), campaign, row)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(row.id), Text("{code}: noted", "{code}：已登记", code=household), back)
    return redirect(back)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest from error
