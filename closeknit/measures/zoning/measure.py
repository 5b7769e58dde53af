"""The manifest of drawing and announcing zones: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.zoning import announcing, drawing, guards, resident  # noqa: F401 guards declare themselves

FEATURE = "zones"

MEASURE = register(
    Measure(
        name="zoning",
        label=Text("Zones: orders and announcements", "管控区决定与通告"),
        screens=(
            Screen("zones.draw", "zones/<str:area>/new/", drawing.draw, Text("Draw a zone", "划定管控区"), "zones.manage",
                   scoped_by="area", feature=FEATURE),
            # Who may see which zone depends on what it covers: asked by zone_of.
            Screen("zones.order", "zone/<str:zone>/order/", drawing.change, Text("Extend or change", "延长或变更"), "zones.manage",
                   feature=FEATURE),
            Screen("zones.announcement", "zone/<str:zone>/announcement/", announcing.announce, Text("Announcement", "通告"), "zones.view",
                   feature=FEATURE),
            Screen("zones.household", "zone/<str:zone>/household/<path:code>/", announcing.household, announcing.NOTICE, "zones.view",
                   feature=FEATURE),
            Screen("residents.zone", "r/zone/", resident.mine, Text("The order for where I live", "我家的管控通知"), "", public=True),
        ),
        order=56,
    )
)  # fmt: skip
