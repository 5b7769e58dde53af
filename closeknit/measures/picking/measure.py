"""The manifest of picking: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.picking import levels, shops, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="picking",
        label=Text("Picking", "备货"),
        screens=(
            Screen(
                "picking.shops", "picking/<str:area>/", shops.shops, Text("Picking list", "备货单"), "supplies.view",
                menu=Menu("supplies", 77, "clipboard-list"), scoped_by="area",
            ),
            Screen(
                "picking.levels", "picking/<str:area>/balance/", levels.levels, Text("Supply and demand", "供需平衡"), "supplies.view",
                scoped_by="area",
            ),
        ),
        order=77,
    )
)  # fmt: skip
