"""The manifest of the channels of notices: read this first. What goes out by them stands in `notices`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.channeldesk import channels

CHANNEL, MANAGE = "notices/channels/<uuid:channel>/", "notices.manage"

MEASURE = register(
    Measure(
        name="channeldesk",
        label=channels.HEADING,
        screens=(
            Screen(
                "notices.channels", "notices/channels/", channels.channels, channels.HEADING, MANAGE, menu=Menu("system", 40, "settings"),
            ),
            Screen("notices.new", "notices/channels/new/", channels.new, channels.NEW, MANAGE),
            Screen("notices.channel", CHANNEL, channels.channel, Text("A channel", "渠道"), MANAGE, area_of=channels.area_of),
            Screen("notices.close", f"{CHANNEL}close/", channels.close, Text("Close", "停用"), MANAGE, area_of=channels.area_of),
        ),
        order=93,
    )
)  # fmt: skip
