"""The manifest of the daily report: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.daily import bulletin, day, own, papers
from closeknit.reports.kinds import Confirmed, Declared

AREA = "reports/<str:area>/"
DAY = f"{AREA}<str:day>/"
BULLETIN = Text("Bulletin", "日通报")
DECLARE = Text("Declare totals", "代录申报数据")

MEASURE = register(
    Measure(
        name="daily",
        label=Text("Reports of the day", "每日报送"),
        kinds=(Confirmed, Declared),
        screens=(
            Screen(
                "daily.mine", "report/", own.mine, Text("My report", "我的日报"), "reports.record",
                menu=Menu("reports", 10, "clipboard-check", unless="reports.manage"), phone=2,
            ),
            Screen(
                "daily.day", AREA, day.day, Text("Reports of the day", "每日报送"), "reports.view",
                menu=Menu("reports", 20, "report"), scoped_by="area", phone=2,
            ),
            Screen(
                "daily.archive", f"{AREA}archive/", bulletin.archive, Text("Sealed reports", "历史日报"), "reports.view",
                menu=Menu("reports", 30, "history"), scoped_by="area",
            ),
            Screen("daily.bulletin", DAY, bulletin.bulletin, BULLETIN, "reports.view", scoped_by="area", extra="board"),
            Screen("daily.docx", f"{DAY}bulletin.docx", papers.docx, BULLETIN, "reports.view", scoped_by="area"),
            Screen("daily.pdf", f"{DAY}bulletin.pdf", papers.pdf, BULLETIN, "reports.view", scoped_by="area"),
            Screen("daily.xlsx", f"{DAY}bulletin.xlsx", papers.xlsx, BULLETIN, "reports.view", scoped_by="area"),
            Screen("daily.text", f"{DAY}bulletin.txt", papers.text, BULLETIN, "reports.view", scoped_by="area"),
            Screen("daily.unit", f"{DAY}mine/", own.unit, Text("Report of a unit", "单位日报"), "reports.view", scoped_by="area"),
            Screen("daily.confirm", f"{DAY}confirm/", own.confirm, Text("Confirm", "确认日报"), "reports.record", scoped_by="area"),
            Screen("daily.undo", f"{DAY}undo/<uuid:event>/", own.undo, Text("Take back", "撤回确认"), "reports.record", scoped_by="area"),
            Screen("daily.phone", f"{DAY}phone/", day.phone, Text("Confirm by telephone", "电话确认"), "reports.manage", scoped_by="area"),
            Screen("daily.declare", f"{DAY}declare/", day.declare, DECLARE, "reports.manage", scoped_by="area"),
            Screen("daily.seal", f"{DAY}seal/", day.seal, Text("Seal", "封存"), "reports.manage", scoped_by="area"),
        ),
        order=95,
    )
)  # fmt: skip
