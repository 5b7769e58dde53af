"""The manifest of issuing: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.issuing import page, receipts, writing

ONE, MANAGE = "directives/<str:area>/one/<str:number>/", "directives.manage"

MEASURE = register(
    Measure(
        name="issuing",
        label=Text("Directives: issuing and receipts", "指令下发与回执"),
        screens=(
            Screen("directives.new", "directives/<str:area>/new/", writing.new, writing.HEADING, MANAGE, scoped_by="area"),
            Screen("directives.directive", ONE, page.directive, Text("A directive", "指令详情"), "directives.view", scoped_by="area"),
            Screen("directives.say", f"{ONE}say/", receipts.say, Text("Receipt", "登记回执"), "directives.record", scoped_by="area"),
            Screen("directives.told", f"{ONE}told/", receipts.told, Text("Who was told", "登记传达"), MANAGE, scoped_by="area"),
            Screen("directives.end", f"{ONE}end/", receipts.end, Text("End it", "终止"), MANAGE, scoped_by="area"),
        ),
        order=17,
    )
)  # fmt: skip
