"""The manifest of orders: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.orders import lines, sign_up, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="orders",
        label=Text("Chain sign-ups", "接龙订购"),
        screens=(
            Screen(
                "orders.chain", "orders/<str:area>/sign-up/", sign_up.chain, Text("Orders from a chat group", "接龙订购登记"),
                "supplies.view", menu=Menu("supplies", 75, "clipboard-list"), scoped_by="area",
            ),
            Screen(
                "orders.lines", "orders/<str:area>/lines/", lines.lines, Text("Lines to look at", "接龙待核条目"), "supplies.view",
                scoped_by="area",
            ),
            Screen(
                "orders.line", "orders/line/<uuid:event>/", lines.line, Text("Settle a line", "核对接龙条目"), "supplies.record",
                area_of=lines.area_of_line,
            ),
        ),
        order=76,
    )
)  # fmt: skip
