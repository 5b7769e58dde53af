"""The map of a sweep: each area as large as what is due in it, coloured and hatched by what is left; a press goes down."""

from typing import Any

from django.http import HttpResponse

from closeknit.console.coverage.asked import asked
from closeknit.console.coverage.rows import Row, rows, ways
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.treemap.drawing import LEVELS, SPACES, drawn

WAYS = "treemap.map", "doorknock.gaps"  # of an area with parts, of one without

SWEEP = "doorknock"
NONE = Empty(
    Text("No sweep reaches this area yet", "本辖区尚无敲门行动"),
    Text("Somebody who plans campaigns can plan one; the map shows how far it has come.", "由负责人在“专项行动”中部署后，此处显示覆盖图。"),
    icon="map-pin",
)


def coverage(request: Request, area: str) -> HttpResponse:
    """The map of an area, and the same as a table."""
    seen = asked(request, SWEEP, area)
    context: dict[str, Any] = {"asked": seen, "none": NONE}
    if seen.live is not None:
        total = Row(seen.live.total, ways(seen, *WAYS))
        listed = rows(seen, ways(seen, *WAYS))
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
