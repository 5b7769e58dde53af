"""The manifest of returnees: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.returnees import kinds, screens, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="returnees",
        label=Text("Returnees", "返乡人员"),
        kinds=(
            kinds.Declared, kinds.VerifiedSaid, kinds.RiskAreaSet, kinds.StaysAway, kinds.Contacted, kinds.Leaving,
        ),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "returnees.list", "returnees/<str:area>/", screens.returnees, Text("Returnees", "返乡人员"), "returnees.view",
                menu=Menu("doors", 20, "home-2"), scoped_by="area",
            ),
        ),
        order=20,
    )
)  # fmt: skip
