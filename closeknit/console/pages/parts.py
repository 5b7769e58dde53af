"""A living page of every part, to look at and to test for access."""

from datetime import date

from django.http import HttpResponse

from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import ICONS, Action, Badge, Empty, Facts, Notice, Progress, Tab, Tabs, Tile
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text

TONES = {
    "good": Text("Settled", "已落实"),
    "watch": Text("Nobody home", "无人在家"),
    "bad": Text("Overdue", "已逾期"),
    "info": Text("Under way", "进行中"),
    "quiet": Text("Never tried", "未上门"),
}
WHAT_IT_IS = Text("An example, with nobody behind it.", "示例，不涉及任何人。")
OUTCOMES = (
    ("met", Text("Met", "已见面")),
    ("absent", Text("Nobody home", "无人在家")),
    ("refused", Text("Refused", "拒绝")),
    ("moved", Text("Moved away", "已搬走")),
)
FIELDS = (
    FormField("outcome", Text("What came of it", "登记结果"), "choice", required=True, choices=OUTCOMES),
    FormField("present", Text("People at home", "在家人数"), "integer", required=True, unit=Text("persons", "人"), minimum=0, maximum=30),
    FormField("temperature", Text("Temperature", "体温"), "number", unit="°C", help=Text("Between 30 and 45.", "30 至 45 之间。")),
    FormField("by", Text("Done by", "办理方式"), "choice", choices=OUTCOMES),
    FormField("day", Text("Next visit", "下次上门"), "date"),
    FormField("at", Text("Time", "时间"), "datetime"),
    FormField("needs", Text("Needs", "需求"), "list", choices=OUTCOMES[:3]),
    FormField("alone", Text("Lives alone", "独居"), "boolean"),
    FormField("notes", Text("Notes", "备注"), "long_text"),
    FormField("asked_by", "", "hidden"),
)


def _parts() -> dict[str, object]:
    """One of each, in every tone that it has."""
    go = Action(Text("Put it right", "去处理"), "#", "arrow-right")
    return {
        "badges": [Badge(word, tone) for tone, word in TONES.items()],
        "tiles": [Tile(1234 * place, word, "#", WHAT_IT_IS, tone) for place, (tone, word) in enumerate(TONES.items())],
        "bars": [Progress(done, 127) for done in (0, 9, 126, 127)],
        "notices": [Notice(WHAT_IT_IS, tone, TONES[tone], go if tone == "bad" else None) for tone in ICONS],
        "tabs": Tabs([Tab(word, "#", tone == "good", 7) for tone, word in TONES.items()]),
        "empty": Empty(Text("Nothing yet", "暂无内容"), Text("Import a roster first.", "请先导入名册。"), go),
        "facts": Facts(
            [(Text("Day", "日期"), date(2022, 3, 18)), (Text("State", "状态"), Badge(TONES["good"], "good")), (WHAT_IT_IS, None)]
        ),
    }


def parts(request: Request) -> HttpResponse:
    """Every part. Sending the form says what is wrong with it, or undoes nothing."""
    form = Form(FIELDS, request.POST if request.method == "POST" else None, {"present": 3})
    if form.valid():
        tell(request, Text("Noted, as an example.", "示例已登记。"), undo=request.path)
    actions = [
        Action(Text("Read on", "查看"), "#", "eye"),
        Action(Text("Do it", "办理"), request.path, "check", primary=True, method="post", confirm=Text("Really?", "确定办理？")),
    ]
    crumbs = [(Text("Town", "乡镇"), "#"), (Text("Village", "村"), "#")]
    context = {**_parts(), "form": form}
    return show(request, "console/pages/parts.html", context, crumbs=crumbs, actions=actions, status=422 if form.errors else 200)
