"""The manifest of isolation: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.isolation import kinds, section

MEASURE = register(
    Measure(
        name="isolation",
        label=Text("Isolation", "隔离管理"),
        kinds=(kinds.IsolationOrdered, kinds.Transferred, kinds.HealthChecked, kinds.Released),
        sections=(section.SECTION,),
        campaigns=(),
        order=57,
    )
)
