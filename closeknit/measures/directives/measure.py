"""The manifest of directives: read this first."""

from closeknit.console.manifest import HomePart, Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.directives import first_screen, kinds, listing, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="directives",
        label=Text("Directives", "指令"),
        kinds=(kinds.Issued, kinds.Received, kinds.Ended),
        sections=(section.SECTION,),
        home=(HomePart("directives/home.html", first_screen.on_home, 5, "directives.view"),),
        screens=(
            Screen(
                "directives.list", "directives/<str:area>/", listing.directives, Text("Directives", "指令"), "directives.view",
                menu=Menu("today", 20, "speakerphone"), scoped_by="area",
            ),
        ),
        order=16,
    )
)  # fmt: skip
