"""The manifest of sector checks: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.sectors import campaigns, kinds, listing, section, watch  # noqa: F401 watches declare themselves

VIEW, TITLE = "inspections.view", Text("Sector checks", "行业安全检查")

MEASURE = register(
    Measure(
        name="sectors",
        label=TITLE,
        kinds=(kinds.SectorChecked,),
        sections=(section.SECTION,),
        campaigns=campaigns.ROUNDS,
        screens=(
            Screen(
                "sectors.list", "sectors/<str:area>/", listing.food, TITLE, VIEW, menu=Menu("check", 42, "shield-check"),
                scoped_by="area",
            ),
            Screen("sectors.places", "sectors/<str:area>/<str:sector>/", listing.places, TITLE, VIEW, scoped_by="area"),
        ),
        order=60,
    )
)  # fmt: skip
