"""The manifest of entering sheets: read this first. They are printed and listed by the measure `sheets`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.sheetentry import screens

RECORD = "sheets.record"

MEASURE = register(
    Measure(
        name="sheetentry",
        label=Text("Entering sheets", "纸质表录入"),
        order=13,
        screens=(
            Screen(
                "sheetentry.sheet",
                "sheets/<str:code>/",
                screens.sheet,
                Text("Enter a sheet", "录入纸质表"),
                RECORD,
                area_of=screens.area_of,
            ),
            Screen(
                "sheetentry.scan",
                "sheets/<str:code>/scan/<uuid:scan>/",
                screens.scan,
                Text("Scan of a sheet", "纸质表扫描件"),
                RECORD,
                area_of=screens.area_of,
            ),
        ),
    )
)
