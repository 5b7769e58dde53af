"""The manifest of the map of areas: read this first. It shows what others record."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.treemap import screens

TITLE = Text("Map of what is left", "未落实分布图")

MEASURE = register(
    Measure(
        name="treemap",
        label=TITLE,
        screens=(
            Screen("treemap.map", "coverage-map/<str:area>/", screens.coverage, TITLE, "doorknock.view",
                   menu=Menu("doors", 12, "map-pin"), scoped_by="area", extra="board"),
        ),
        order=11,
    )
)  # fmt: skip
