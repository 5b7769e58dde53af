"""The manifest of inspections: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.inspections import kinds, section

MEASURE = register(
    Measure(
        name="inspections",
        label=Text("Inspections", "监督检查"),
        kinds=(kinds.Inspected, kinds.FindingRectified, kinds.PremisesLookedBack, kinds.ActLifted),
        sections=(section.SECTION,),
        campaigns=(),
        order=52,
    )
)
