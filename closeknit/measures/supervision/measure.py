"""The manifest of supervision: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.supervision import kinds, projections, section  # noqa: F401 the projections declare themselves

MEASURE = register(
    Measure(
        name="supervision",
        label=Text("Problems", "督查整改"),
        kinds=(kinds.ProblemFound, kinds.HandedOver, kinds.Rectified, kinds.LookedBack),
        sections=(section.SECTION,),
        campaigns=(),
        order=50,
    )
)
