"""The manifest of parties: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.measures.parties import kinds, listing, section

MEASURE = register(
    Measure(
        name="parties",
        label=listing.HEADING,
        kinds=(kinds.Named,),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "parties.list", "parties/<str:area>/", listing.listed, listing.HEADING, "headquarters.view",
                menu=Menu("check", 30, "link"), scoped_by="area",
            ),
            Screen("parties.name", "parties/<str:area>/name/", listing.name, listing.NAME, "headquarters.record", scoped_by="area"),
        ),
        order=51,
    )
)  # fmt: skip
