"""The manifest of notices: read this first. The channels by which they go out are kept in `channeldesk`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.notices import demonstration, history, watch, writing
from closeknit.measures.notices.actions import by_clock
from closeknit.measures.notices.kinds import Sent

__all__ = ["demonstration", "watch"]

MEASURE = register(
    Measure(
        name="notices",
        label=Text("Notices", "通知发布"),
        kinds=(Sent,),
        screens=(
            Screen("notices.list", "notices/", history.notices, history.HEADING, "notices.view", menu=Menu("today", 60, "speakerphone")),
            Screen("notices.write", "notices/write/", writing.write, writing.WRITE, "notices.record"),
            Screen(
                "notices.message", "notices/<uuid:message>/", history.message, Text("A notice", "通知"), "notices.view",
                area_of=history.area_of_message,
            ),
            Screen(
                "notices.press", "notices/delivery/<uuid:delivery>/press/", history.press, Text("Send again", "重新发送"), "notices.record",
                area_of=history.area_of_delivery,
            ),
        ),
        by_clock=(by_clock,),
        order=93,
    )
)  # fmt: skip
