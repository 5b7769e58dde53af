"""The manifest of passes: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.passes import gate, kinds, own, page
from closeknit.registry.reading.names import area_of_person

FEATURE = "passes"

MEASURE = register(
    Measure(
        name="passes",
        label=Text("Passes", "通行状态"),
        kinds=(kinds.CodeGiven, kinds.CodeEnded, kinds.PassObjected, kinds.PassAnswered),
        screens=(
            Screen("passes.gate", "passes/<str:area>/gate/", gate.gate, Text("Check a card", "查验便民卡"), "passes.record",
                   menu=Menu("places", 34, "id-badge-2"), scoped_by="area", feature=FEATURE),
            Screen("passes.person", "pass/<path:code>/", page.person, Text("Status of a person", "人员通行状态"), "passes.view",
                   area_of=area_of_person, feature=FEATURE),
            Screen("passes.objection", "r/status/objection/", own.objection, Text("Object", "提出异议"), "", public=True),
        ),
        order=43,
    )
)  # fmt: skip
