"""The manifest of handover: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.handover import mine, passing

MEASURE = register(
    Measure(
        name="handover",
        label=Text("Handover", "移交"),
        screens=(
            Screen(
                "handover.grids", "handover/<str:area>/", mine.grids, Text("Who works which grid", "网格责任人"), "workforce.view",
                scoped_by="area",
            ),
            # Whose shift or grid it is may lie outside the holder's area: the two screens ask that themselves (holders.py).
            Screen("handover.pass", "duty/pass/<str:what>/<str:code>/", passing.pass_on, Text("Pass on", "移交"), "workforce.record"),
            Screen("handover.cannot", "duty/cannot/<str:what>/<str:code>/", passing.cannot, mine.CANNOT, "workforce.record"),
            Screen(
                "handover.mine", "mine/duty/", mine.mine, Text("My duty", "我的任务"), "workforce.record",
                menu=Menu("today", 25, "calendar"),
            ),
        ),
        order=75,
    )
)  # fmt: skip
