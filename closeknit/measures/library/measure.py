"""The manifest of the library of texts: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.library import kinds, listing, page, section, watch, writing  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="library",
        label=Text("Library of texts", "宣传文稿库"),
        kinds=(kinds.TextWritten, kinds.TextDecided),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "library.texts", "texts/<str:area>/", listing.library, Text("Library of texts", "宣传文稿库"), "outreach.view",
                menu=Menu("outreach", 10, "file-text"), scoped_by="area",
            ),
            Screen("library.write", "texts/<str:area>/write/", writing.write, listing.WRITE, "outreach.record", scoped_by="area"),
            Screen("library.text", "text/<str:code>/", page.text, Text("A text", "文稿"), "outreach.view"),
            Screen("library.sheet", "text/<str:code>/sheet/", page.sheet, Text("Sheet to print", "打印张贴稿"), "outreach.view"),
            Screen(
                "library.decide", "text/<str:code>/decide/", page.decide, Text("Decide", "审定"), "outreach.manage",
                area_of=page.area_of_text,
            ),
        ),
        order=81,
    )
)  # fmt: skip
