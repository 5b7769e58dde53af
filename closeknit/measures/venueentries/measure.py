"""The manifest of entries at venues: read this first. What can be said of an entry stands in `venues`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.venueentries import desk, entering, section, tallies, uptake  # noqa: F401 tallies declare themselves
from closeknit.registry.reading.names import area_of_place

VIEW, FEATURE = "venues.view", "venue_code"

MEASURE = register(
    Measure(
        name="venueentries",
        label=uptake.ENTRIES,
        sections=(section.SECTION,),
        screens=(
            Screen("venues.entries", "venues/<str:area>/entries/", uptake.entries, uptake.ENTRIES, VIEW,
                   menu=Menu("places", 44, "door-enter"), scoped_by="area", feature=FEATURE),
            Screen("venues.by_venue", "venues/<str:area>/entries/venues/", uptake.venues, uptake.VENUES, VIEW, scoped_by="area",
                   feature=FEATURE),
            Screen("venues.desk", "venue-entry/<path:code>/desk/", desk.desk, Text("Entry desk", "进入登记台"), VIEW,
                   area_of=area_of_place, feature=FEATURE),
            Screen("venues.enter", "r/entry/", entering.enter, Text("Register an entry", "进入登记"), "", public=True),
        ),
        order=42,
    )
)  # fmt: skip
