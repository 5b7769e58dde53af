"""The manifest of venues: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.venues import campaigns, kinds, places, screens, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="venues",
        label=Text("Venues", "场所巡查"),
        kinds=(kinds.Patrolled, kinds.Entered),
        sections=(section.SECTION,),
        campaigns=(campaigns.PATROL,),
        screens=(
            Screen(
                "venues.patrol", "venues/<str:area>/", screens.patrol, Text("Patrol of venues", "场所巡查"), "venues.view",
                menu=Menu("places", 40, "building-store"), scoped_by="area",
            ),
            Screen(
                "venues.places", "venues/<str:area>/places/", places.places, Text("Places of the patrol", "巡查场所清单"), "venues.view",
                scoped_by="area",
            ),
            Screen("venues.place", "venue/<path:code>/", screens.place, Text("Place", "场所"), "venues.view",
                   area_of=screens.area_of_place),
        ),
        order=40,
    )
)  # fmt: skip
