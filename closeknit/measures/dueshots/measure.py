"""The manifest of next doses: read this first. Its kinds stand with those of vaccination."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.dueshots import bringing, listing, section, watch  # noqa: F401 watches declare themselves
from closeknit.measures.vaccination.kinds import BaseSet, Mobilised

VIEW = "vaccination.view"

MEASURE = register(
    Measure(
        name="dueshots",
        label=Text("Next doses", "应种未种"),
        kinds=(BaseSet, Mobilised),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "dueshots.numbers", "vaccination/<str:area>/numbers/", listing.numbers, Text("Vaccination base numbers", "接种底数"), VIEW,
                menu=Menu("people", 61, "chart-bar"), scoped_by="area",
            ),
            Screen(
                "dueshots.persons", "vaccination/<str:area>/persons/", listing.persons, listing.LIST, VIEW,
                menu=Menu("people", 62, "list-check"), scoped_by="area",
            ),
            Screen(
                "dueshots.base", "vaccination/<str:area>/base/", bringing.bring, Text("Bring base numbers in", "录入既往接种"),
                "vaccination.record", scoped_by="area",
            ),
        ),
        order=61,
    )
)  # fmt: skip
