"""The manifest of the sheets of paper: read this first. What comes back is entered by the measure `sheetentry`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.sheets import choosing, lists, pages

VIEW = "sheets.view"

MEASURE = register(
    Measure(
        name="sheets",
        label=lists.SHEETS,
        order=12,
        searches=(lists.found,),
        screens=(
            Screen("sheets.list", "sheets/", lists.sheets, lists.SHEETS, VIEW, menu=Menu("today", 62, "printer")),
            Screen("sheets.print", "sheets/print/", choosing.choose, Text("Print sheets", "打印纸质表"), VIEW),
            Screen("sheets.paper", "sheets/<str:code>/paper/", pages.paper, Text("Sheet", "纸质表"), VIEW, area_of=pages.area_of),
        ),
    )
)
