"""The manifest of the table of risk areas: read this first. Its kind is one of the returnees'."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.riskareas import screens

MEASURE = register(
    Measure(
        name="riskareas",
        label=Text("Risk areas", "风险地区"),
        screens=(
            Screen("riskareas.list", "risk-areas/", screens.table, Text("Risk areas", "风险地区"), "returnees.view",
                   menu=Menu("doors", 21, "map-pin")),
            Screen("riskareas.keep", "risk-areas/keep/", screens.keep, Text("Enter risk areas", "登记风险地区"), "returnees.manage"),
            Screen("riskareas.end", "risk-areas/<uuid:entry>/end/", screens.end, Text("End", "解除"), "returnees.manage"),
        ),
        order=21,
    )
)  # fmt: skip
