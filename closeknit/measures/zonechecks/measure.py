"""The manifest of checks of zones: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.zonechecks import kinds, screens, section, watch  # noqa: F401 watches declare themselves

FEATURE = "zones"
LABEL = Text("Checks of zones", "管控区检查")

MEASURE = register(
    Measure(
        name="zonechecks",
        label=LABEL,
        kinds=(kinds.ZoneChecked,),
        sections=(section.SECTION,),
        screens=(
            Screen("zonechecks.zones", "zone-checks/<str:area>/", screens.zones, LABEL, "zonechecks.view",
                   menu=Menu("check", 60, "clipboard-check"), scoped_by="area", feature=FEATURE),
            Screen("zonechecks.unmet", "zone-checks/<str:area>/not-met/", screens.unmet, Text("Standards not met", "未达标项"),
                   "zonechecks.view", scoped_by="area", feature=FEATURE),
            # Who may see which zone depends on what it covers: asked by zone_of.
            Screen("zonechecks.check", "zone/<str:zone>/check/", screens.check, screens.CHECK, "zonechecks.record", feature=FEATURE),
        ),
        order=56,
    )
)  # fmt: skip
