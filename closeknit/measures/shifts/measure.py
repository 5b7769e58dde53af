"""The manifest of shifts: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.shifts import kinds, planning, projections, roster  # noqa: F401 projections declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="shifts",
        label=Text("Shifts", "排班"),
        kinds=(kinds.ShiftPlanned, kinds.PassedOn, kinds.Cannot),
        screens=(
            Screen(
                "shifts.roster", "shifts/<str:area>/", roster.roster, Text("Shifts", "排班"), "workforce.view",
                menu=Menu("workforce", 73, "calendar"), scoped_by="area",
            ),
            Screen(
                "shifts.plan", "shifts/at/<str:code>/plan/", planning.plan, Text("Plan shifts", "排班"), "deployment.record",
                area_of=area_of_place,
            ),
        ),
        order=73,
    )
)  # fmt: skip
