"""The manifest of workforce: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.workforce import kinds, section

MEASURE = register(
    Measure(
        name="workforce",
        label=Text("People on duty", "在岗力量"),
        kinds=(kinds.SignedIn, kinds.SignedOut),
        sections=(section.SECTION,),
        campaigns=(),
        order=70,
    )
)
