"""The manifest of checkpoints: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.checkpoints import kinds, section, tallies  # noqa: F401 the tallies declare themselves

MEASURE = register(
    Measure(
        name="checkpoints",
        label=Text("Checkpoints", "卡点查验"),
        kinds=(kinds.VehicleChecked, kinds.PersonChecked, kinds.Tallied),
        sections=(section.SECTION,),
        campaigns=(),
        order=30,
    )
)
