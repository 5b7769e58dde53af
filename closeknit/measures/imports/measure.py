"""The manifest of the import review: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.imports import bringing, lists, mending
from closeknit.measures.imports.mending import area_of_row

RECORD, MANAGE = "registry.record", "registry.manage"

MEASURE = register(
    Measure(
        name="imports",
        label=Text("Imports", "名册导入"),
        order=6,
        screens=(
            Screen("imports.list", "imports/", lists.imports, Text("Imports", "名册导入"), MANAGE, Menu("register", 60, "file-import")),
            Screen(
                "imports.rows",
                "imports/rows/",
                lists.rows,
                Text("Rows to be put right", "待核行"),
                RECORD,
                Menu("register", 70, "list-check"),
            ),
            Screen("imports.row", "imports/row/<uuid:row>/", mending.row, Text("A row", "名册行"), RECORD, area_of=area_of_row),
            Screen(
                "imports.check", "imports/row/<uuid:row>/check/", mending.check, Text("ID check", "证件号校验"), RECORD, area_of=area_of_row
            ),
            Screen("imports.bring", "imports/bring/", bringing.bring, Text("Bring rosters in", "导入名册"), MANAGE),
            Screen(
                "imports.workbook",
                "imports/workbook/<uuid:brought>/",
                bringing.workbook,
                Text("Workbook with results", "带结果的原表"),
                "exports.record",
            ),
            Screen("imports.one", "imports/<uuid:upload>/", bringing.one, Text("An import", "导入结果"), MANAGE),
            Screen("imports.again", "imports/<uuid:upload>/again/", bringing.again, Text("Read again", "重新读取"), MANAGE),
            Screen("imports.heading", "imports/<uuid:upload>/heading/", bringing.heading, Text("What a column means", "列的含义"), MANAGE),
        ),
    )
)
