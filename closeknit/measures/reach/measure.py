"""The manifest of the reach by household: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.reach import kinds, listing, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="reach",
        label=Text("Reach by household", "宣传到户"),
        kinds=(kinds.HouseholdTold,),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "reach.areas", "reach/<str:area>/", listing.areas, Text("Reach by household", "宣传到户"), "outreach.view",
                menu=Menu("outreach", 30, "target"), scoped_by="area",
            ),
            Screen("reach.doors", "reach/<str:area>/doors/", listing.doors, listing.DOORS, "outreach.view", scoped_by="area"),
        ),
        order=83,
    )
)  # fmt: skip
