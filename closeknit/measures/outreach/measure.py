"""The manifest of outreach: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.outreach import kinds, section

MEASURE = register(
    Measure(
        name="outreach",
        label=Text("Telling the public", "宣传发动"),
        kinds=(kinds.Posted, kinds.Broadcast, kinds.Messaged),
        sections=(section.SECTION,),
        campaigns=(),
        order=80,
    )
)
