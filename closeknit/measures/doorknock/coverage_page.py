"""How far the sweep has come, area by area: every number leads down to the doors behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.coverage.rows import Row, rows, tiles, ways
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text

WAYS = "doorknock.coverage", "doorknock.gaps"  # of an area with parts, of one without

KIND = "doorknock"
NONE = Empty(
    Text("No sweep reaches this area yet", "本辖区尚无敲门行动"),
    Text("Somebody who plans campaigns can plan one; its doors then stand here.", "由负责人在“专项行动”中部署后，此处显示进度。"),
    icon="door-enter",
)
HOME_AREAS = 5


def coverage(request: Request, area: str) -> HttpResponse:
    """The sweep in an area: its numbers, and those of each area right below."""
    seen = asked(request, KIND, area)
    context: dict[str, Any] = {"asked": seen, "none": NONE}
    if seen.live is not None:
        total = Row(seen.live.total, ways(seen, *WAYS))
        context |= {"total": total, "rows": rows(seen, ways(seen, *WAYS)), "tiles": tiles(total)}
    crumbs = seen.crumbs("doorknock.coverage")
    heading = Text("Door-to-door sweep: {area}", "{area} 敲门行动", area=seen.area.name)
    return show(request, "doorknock/coverage.html", context, heading=heading, crumbs=crumbs, actions=_actions(seen))


def _actions(seen: Asked) -> list[Action]:
    if seen.campaign is None:
        return []
    actions = [Action(Text("Doors left", "未落实户清单"), seen.url("doorknock.gaps"), "list-check", primary=True)]
    drawn = seen.url("treemap.map")
    if drawn:
        actions.append(Action(Text("As a map", "分布图"), drawn, "map-pin"))
    recheck = seen.url("doorknock.recheck")
    if recheck and can(seen.account, "supervision.record"):
        actions.append(Action(Text("Call back", "回访抽查"), recheck, "phone"))
    return actions


def on_home(request: HttpRequest) -> dict[str, Any] | None:
    """The sweep on the first screen: what is left in one's own area, and where most of it lies. None where no sweep reaches here."""
    account = request.user
    area = Area.objects.current().filter(code=account.area).first() if isinstance(account, Account) and account.area else None
    campaigns = live.touching(KIND, area) if area else []
    if area is None or not campaigns:
        return None
    seen = Asked(request, area, tuple(campaigns), live.chosen(campaigns))  # type: ignore[arg-type]
    assert seen.live is not None
    worst = [row for row in rows(seen, ways(seen, *WAYS)) if row.standing.left][:HOME_AREAS]
    total = Row(seen.live.total, ways(seen, *WAYS))
    return {"asked": seen, "total": total, "rows": worst, "more": seen.url("doorknock.coverage") if seen.live.parts else ""}
