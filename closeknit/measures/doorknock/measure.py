"""The manifest of doorknock: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.doorknock import campaigns, kinds, section, tallies  # noqa: F401 the tallies declare themselves

MEASURE = register(
    Measure(
        name="doorknock",
        label=Text("Door-to-door", "敲门行动"),
        kinds=(kinds.Visited, kinds.Phoned),
        sections=(section.SECTION,),
        campaigns=(campaigns.SWEEP,),
        order=10,
    )
)
