"""The manifest of what has not come in: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.arrivals import clearing, kinds, reporting, screens, watch  # noqa: F401 watches and glances declare themselves

MEASURE = register(
    Measure(
        name="arrivals",
        label=Text("Records not counted", "未计入的记录"),
        kinds=(kinds.Cleared,),
        screens=(
            Screen(
                "arrivals.records", "arrivals/<str:area>/", screens.records, Text("Records not counted", "未计入的记录"), "ledger.view",
                menu=Menu("check", 60, "database"), scoped_by="area",
            ),
            Screen(
                "arrivals.clear", "arrivals/<str:area>/clear/<uuid:refusal>/", clearing.clear, Text("Deal with a record", "处理退回记录"),
                "ledger.record", scoped_by="area",
            ),
        ),
        order=90,
    )
)  # fmt: skip
