"""The manifest of deliveries: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.deliveries import listing, presses, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="deliveries",
        label=Text("Deliveries", "物资配送"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "deliveries.doors", "deliveries/<str:area>/", listing.doors, Text("Deliveries", "物资配送"), "supplies.view",
                menu=Menu("supplies", 76, "package"), scoped_by="area",
            ),
            Screen(
                "deliveries.deliver", "deliveries/<str:area>/delivered/", presses.deliver, Text("Record a delivery", "登记送达"),
                "supplies.record", scoped_by="area",
            ),
            Screen(
                "deliveries.undo", "deliveries/<str:area>/undo/<uuid:base>/", presses.take_back, Text("Take a delivery back", "撤销送达"),
                "supplies.record", scoped_by="area",
            ),
        ),
        order=77,
    )
)  # fmt: skip
