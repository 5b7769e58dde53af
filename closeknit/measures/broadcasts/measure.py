"""The manifest of the broadcast plan: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.broadcasts import kinds, listing, planning, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="broadcasts",
        label=Text("Broadcast plan", "宣传计划"),
        kinds=(kinds.Planned,),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "broadcasts.plan", "broadcasts/<str:area>/", listing.plan, listing.PLAN, "outreach.view",
                menu=Menu("outreach", 20, "calendar"), scoped_by="area",
            ),
            Screen("broadcasts.new", "broadcasts/<str:area>/new/", planning.new, listing.NEW, "outreach.record", scoped_by="area"),
        ),
        order=82,
    )
)  # fmt: skip
