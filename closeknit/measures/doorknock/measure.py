"""The manifest of doorknock: read this first."""

from closeknit.console.manifest import HomePart, Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.doorknock import (  # tallies and final declare themselves
    campaigns,
    coverage_page,
    final,  # noqa: F401
    gaps,
    kinds,
    presses,
    section,
    tallies,  # noqa: F401
)

MEASURE = register(
    Measure(
        name="doorknock",
        label=Text("Door-to-door", "敲门行动"),
        kinds=(kinds.Visited, kinds.Phoned),
        sections=(section.SECTION,),
        campaigns=(campaigns.SWEEP,),
        home=(HomePart("doorknock/home.html", coverage_page.on_home, 30, "doorknock.view"),),
        screens=(
            Screen(
                "doorknock.coverage",
                "doorknock/<str:area>/",
                coverage_page.coverage,
                Text("Door-to-door sweep", "敲门行动"),
                "doorknock.view",
                menu=Menu("doors", 10, "door-enter"),
                scoped_by="area",
            ),
            Screen(
                "doorknock.gaps",
                "doorknock/<str:area>/gaps/",
                gaps.gaps,
                Text("Doors left", "未落实户"),
                "doorknock.view",
                menu=Menu("today", 20, "list-check"),
                scoped_by="area",
                phone=1,
            ),
            Screen(
                "doorknock.sheet",
                "doorknock/<str:area>/sheet/",
                gaps.sheet,
                Text("Visits on paper", "入户走访登记表"),
                "doorknock.view",
                scoped_by="area",
            ),
            Screen(
                "doorknock.visit",
                "doorknock/<str:area>/visit/",
                presses.visit,
                Text("Record a visit", "登记走访"),
                "doorknock.record",
                scoped_by="area",
            ),
        ),
        order=10,
    )
)
