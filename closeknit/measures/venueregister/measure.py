"""The manifest of the register of venues: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.venueregister import demonstration, keeping, kinds, listing, posters, section, watch  # noqa: F401 these declare themselves
from closeknit.registry.reading.names import area_of_place

VIEW, MANAGE, FEATURE = "venues.view", "venues.manage", "venue_code"

MEASURE = register(
    Measure(
        name="venueregister",
        label=listing.REGISTER,
        kinds=(kinds.EntranceSet, kinds.EntranceChecked),
        sections=(section.SECTION,),
        screens=(
            Screen("venues.register", "venues/<str:area>/register/", listing.register, listing.REGISTER, VIEW,
                   menu=Menu("places", 42, "clipboard-list"), scoped_by="area", feature=FEATURE),
            Screen("venues.new", "venues/<str:area>/register/new/", keeping.new, listing.NEW, MANAGE, scoped_by="area", feature=FEATURE),
            Screen("venues.posters", "venues/<str:area>/posters/", posters.posters, listing.POSTERS, VIEW, scoped_by="area",
                   feature=FEATURE),
            Screen("venues.change", "venue-entry/<path:code>/change/", keeping.change, Text("Put a venue right", "更正场所"), MANAGE,
                   area_of=area_of_place, feature=FEATURE),
        ),
        order=41,
    )
)  # fmt: skip
