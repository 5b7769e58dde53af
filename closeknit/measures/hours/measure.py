"""The manifest of hours: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.hours import load, odd

MEASURE = register(
    Measure(
        name="hours",
        label=Text("Hours and load", "工时与负荷"),
        screens=(
            Screen(
                "hours.load", "duty/<str:area>/load/", load.load, Text("Hours and load", "工时与负荷"), "deployment.view",
                menu=Menu("check", 40, "scale"), scoped_by="area",
            ),
            Screen(
                "hours.odd", "duty/<str:area>/hours/", odd.hours, Text("Hours to settle", "待核工时"), "deployment.view",
                scoped_by="area",
            ),
        ),
        order=73,
    )
)  # fmt: skip
