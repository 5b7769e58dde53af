"""The manifest of isolation: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.isolation import kinds, section, tasks
from closeknit.sync.assignment.tasks import register as give_phones

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
give_phones("isolation", tasks.visits, kinds.IsolationOrdered, kinds.HealthChecked, kinds.Released)
