"""The manifest of supplies: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.supplies import kinds, offered, section, tasks
from closeknit.sync.assignment.tasks import register as give_phones

MEASURE = register(
    Measure(
        name="supplies",
        label=Text("Supplies", "生活物资"),
        kinds=(
            kinds.Ordered, kinds.Delivered, kinds.FellShort, kinds.StockMoved, kinds.PackOffered, kinds.RoundSet, kinds.Picked,
            kinds.LineParked, kinds.MinimumSet,
        ),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "supplies.packs", "packs/<str:area>/", offered.packs, Text("Catalogue of packs", "物资包目录"), "supplies.view",
                menu=Menu("supplies", 78, "list"), scoped_by="area",
            ),
        ),
        campaigns=(),
        order=75,
    )
)  # fmt: skip
give_phones("deliveries", tasks.deliveries, kinds.Ordered, kinds.Delivered)
