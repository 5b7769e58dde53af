"""The manifest of rumours: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.rumours import kinds, listing, page, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="rumours",
        label=Text("Rumours", "谣言线索"),
        kinds=(kinds.RumourHeard, kinds.RumourTaken, kinds.RumourChecked, kinds.RumourAnswered),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "rumours.list", "rumours/<str:area>/", listing.listed, listing.RUMOURS, "outreach.view",
                menu=Menu("outreach", 40, "message-2"), scoped_by="area",
            ),
            Screen(
                "rumours.rumour", "rumour/<str:code>/", page.rumour, Text("A rumour", "谣言线索"), "outreach.view",
                area_of=page.area_of_rumour,
            ),
        ),
        order=84,
    )
)  # fmt: skip
