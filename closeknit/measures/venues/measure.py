"""The manifest of venues: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.venues import campaigns, kinds, section

MEASURE = register(
    Measure(
        name="venues",
        label=Text("Venues", "场所巡查"),
        kinds=(kinds.Patrolled, kinds.Entered),
        sections=(section.SECTION,),
        campaigns=(campaigns.PATROL,),
        order=40,
    )
)
