"""The manifest of returnees: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.returnees import kinds, section

MEASURE = register(
    Measure(
        name="returnees",
        label=Text("Returnees", "返乡人员"),
        kinds=(kinds.Declared, kinds.VerifiedSaid),
        sections=(section.SECTION,),
        campaigns=(),
        order=20,
    )
)
