"""The manifest of isolation: what can be said, and what phones get. Screens: `isodesk` and `staying`. Read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.isolation import kinds, tasks
from closeknit.sync.assignment.tasks import register as give_phones

MEASURE = register(
    Measure(
        name="isolation",
        label=Text("Isolation", "隔离管理"),
        kinds=(
            kinds.IsolationOrdered, kinds.Transferred, kinds.HealthChecked, kinds.Released, kinds.RoomSet, kinds.RoomGiven,
            kinds.NeedsTold, kinds.Objected, kinds.ObjectionDecided,
        ),
        campaigns=(),
        order=57,
    )
)  # fmt: skip
give_phones("isolation", tasks.visits, kinds.IsolationOrdered, kinds.HealthChecked, kinds.Released)
