"""The map of a sweep: each area as large as what is due in it, coloured and hatched by what is left; a press goes down."""

from typing import Any

from django.http import HttpResponse

from closeknit.campaigns.live import Standing
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.coverage.rows import Row, Ways, rows
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.treemap.drawing import LEVELS, SPACES, drawn

SWEEP = "doorknock"
NONE = Empty(
    Text("No sweep reaches this area yet", "本辖区尚无敲门行动"),
    Text("Somebody who plans campaigns can plan one; the map shows how far it has come.", "由负责人在“专项行动”中部署后，此处显示覆盖图。"),
    icon="map-pin",
)


def _ways(seen: Asked) -> Ways:
    """Down to the map of an area that has parts, else to its doors."""

    def down(standing: Standing) -> str:
        return seen.url("treemap.map" if standing.has_parts and not standing.own else "doorknock.gaps", standing.code)

    return Ways(down, lambda standing, state: seen.url("doorknock.gaps", standing.code, state=state))


def coverage(request: Request, area: str) -> HttpResponse:
    """The map of an area, and the same as a table."""
    seen = asked(request, SWEEP, area)
    context: dict[str, Any] = {"asked": seen, "none": NONE}
    if seen.live is not None:
        total = Row(seen.live.total, _ways(seen))
        listed = rows(seen, _ways(seen))
        context |= {
            "total": total,
            "rows": listed,
            "maps": drawn(listed or [total]),
            "levels": list(zip(range(len(LEVELS)), LEVELS, SPACES, strict=True)),
        }
    heading = Text("Map of what is left: {area}", "{area} 未落实分布图", area=seen.area.name)
    table = seen.url("doorknock.coverage")
    actions = [Action(Text("As numbers", "看数据"), table, "list")] if table and seen.campaign else []
    return show(request, "treemap/map.html", context, heading=heading, crumbs=seen.crumbs("treemap.map"), actions=actions)
