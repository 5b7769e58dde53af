"""The manifest of surfaces: read this first. What is swabbed is said with `testing.environment_sampled`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.surfaces import kinds, screens, section

MEASURE = register(
    Measure(
        name="surfaces",
        label=Text("Surfaces and goods", "环境和物品采样"),
        kinds=(kinds.PlaceSet,),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "routine.places", "routine/<str:area>/places/", screens.places, Text("Surfaces and goods", "环境采样"), "routine.view",
                menu=Menu("testing", 14, "building-store"), scoped_by="area", feature="testing",
            ),
        ),
        order=59,
    )
)  # fmt: skip
