"""The manifest of results by unit: read this first. Its work is that of supervision."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.results import kinds, screens, section, watch  # noqa: F401 the watch declares itself

AREA = "results/<str:area>/"
UNIT = f"{AREA}unit/<path:code>/"

MEASURE = register(
    Measure(
        name="results",
        label=screens.TITLE,
        kinds=(kinds.Drawn,),
        sections=(section.SECTION,),
        screens=(
            Screen("results.units", AREA, screens.units, screens.TITLE, "supervision.view", menu=Menu("check", 15, "chart-bar"),
                   scoped_by="area"),
            Screen("results.draw", f"{AREA}drawn/<path:code>/", screens.draw, Text("What follows", "处置要求"), "supervision.manage",
                   scoped_by="area"),
            Screen("results.unit", UNIT, screens.unit, screens.TITLE, "supervision.view", scoped_by="area"),
        ),
        order=52,
    )
)  # fmt: skip
