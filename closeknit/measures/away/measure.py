"""The manifest of residents who stay elsewhere: read this first. Its kinds are those of the returnees."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.away import leaving, screens

MEASURE = register(
    Measure(
        name="away",
        label=Text("Residents elsewhere", "在外人员"),
        screens=(
            Screen("away.list", "away/<str:area>/", screens.away, Text("Residents elsewhere", "在外人员"), "returnees.view",
                   menu=Menu("doors", 22, "route"), scoped_by="area"),
            Screen("away.leaving", "away/<str:area>/leaving/", leaving.leaving, Text("Who leaves", "外出人员"), "returnees.view",
                   scoped_by="area"),
            Screen("away.contact", "away/<str:area>/contact/", screens.contact, Text("Contact", "联系登记"), "returnees.record",
                   scoped_by="area"),
        ),
        order=22,
    )
)  # fmt: skip
