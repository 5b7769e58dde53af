"""The manifest of the generic screens of records."""

from closeknit.console.manifest import Measure, register
from closeknit.console.records import browsing, screens
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text

RECORDS = Menu("today", 60, "clipboard-list")

register(
    Measure(
        "records",
        Text("Records", "登记流水"),
        order=1,
        screens=(
            # Which permission they ask depends on the kind: <its measure>.<view|record|manage>, asked in the screen.
            Screen("records.record", "record/<str:kind>/", screens.record, Text("Record", "登记"), ""),
            Screen("records.menu", "records/", browsing.menu, Text("Records", "登记流水"), "", menu=RECORDS, phone=3),
            Screen("records.list", "records/<str:kind>/", browsing.records, Text("Records", "登记流水"), ""),
            Screen("records.find", "record/find/<str:reference>/", screens.find, Text("Find", "查找"), ""),
            Screen("records.undo", "record/undo/<uuid:event>/", screens.undo, Text("Undo", "撤销"), ""),
            Screen("records.correct", "record/correct/<uuid:event>/", screens.correct, Text("Put right", "更正"), ""),
            Screen("records.withdraw", "record/withdraw/<uuid:event>/", screens.withdraw, Text("Withdraw a record", "作废记录"), ""),
        ),
    )
)
