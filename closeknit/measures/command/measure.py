"""The manifest of the board: read this first."""

from closeknit.console.manifest import HomePart, Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.command import board, sweep  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="command",
        label=Text("Board", "调度看板"),
        home=(
            HomePart("command/home.html", board.on_home, 10, "command.view"),
            HomePart("command/glances.html", board.numbers_on_home, 40, "command.view"),
        ),
        screens=(
            Screen(
                "command.board", "board/<str:area>/", board.board, Text("Board", "调度看板"), "command.view",
                menu=Menu("today", 10, "layout-dashboard"), scoped_by="area", extra="board",
            ),
        ),
        order=5,
    )
)  # fmt: skip
