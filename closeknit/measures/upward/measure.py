"""The manifest of upward: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.upward import cells, demonstration, forms  # noqa: F401 the demonstration declares itself
from closeknit.measures.upward.kinds import Filled

ONE = "forms/<uuid:form>/"

MEASURE = register(
    Measure(
        name="upward",
        label=Text("Forms of upper levels", "上级报表"),
        kinds=(Filled,),
        screens=(
            Screen("upward.list", "forms/", forms.forms, forms.HEADING, "reports.view", menu=Menu("reports", 40, "file-spreadsheet")),
            Screen("upward.bring", "forms/bring/", forms.bring, forms.BRING, "reports.manage"),
            Screen("upward.form", ONE, forms.page, Text("A form", "报表"), "reports.view", area_of=forms.area_of),
            Screen(
                "upward.cells",
                f"{ONE}cells/",
                cells.cells,
                Text("What the cells hold", "单元格设置"),
                "reports.manage",
                area_of=forms.area_of,
            ),
            Screen("upward.renew", f"{ONE}file/", forms.bring, Text("New file", "更换文件"), "reports.manage", area_of=forms.area_of),
            Screen("upward.fill", f"{ONE}fill/", forms.fill, Text("Fill", "填报"), "reports.record", area_of=forms.area_of),
            Screen(
                "upward.retire", f"{ONE}retire/", forms.retire, Text("Take off the list", "移除"), "reports.manage", area_of=forms.area_of
            ),
        ),
        order=92,
    )
)
