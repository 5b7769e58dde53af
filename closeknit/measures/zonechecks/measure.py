"""The manifest of checks of zones: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.zonechecks import kinds, section

MEASURE = register(
    Measure(
        name="zonechecks", label=Text("Checks of zones", "管控区检查"), kinds=(kinds.ZoneChecked,), sections=(section.SECTION,), order=56
    )
)
