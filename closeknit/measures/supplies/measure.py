"""The manifest of supplies: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.supplies import kinds, section, tasks
from closeknit.sync.assignment.tasks import register as give_phones

MEASURE = register(
    Measure(
        name="supplies",
        label=Text("Supplies", "生活物资"),
        kinds=(kinds.Ordered, kinds.Delivered, kinds.StockMoved),
        sections=(section.SECTION,),
        campaigns=(),
        order=75,
    )
)
give_phones("deliveries", tasks.deliveries, kinds.Ordered, kinds.Delivered)
