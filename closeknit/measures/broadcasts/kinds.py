"""What can be said of the plan: so much, by a channel, in an area, on a day."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Time, Words, check_bare_day
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.outreach.kinds import Channel, Medium, Speaker


class Way(Code):
    """By what the public is told."""

    LOUDSPEAKER = "loudspeaker", "Loudspeaker", "大喇叭"
    SMALL_LOUDSPEAKER = "small_loudspeaker", "Small loudspeaker", "小喇叭"
    RADIO = "radio", "Village radio", "村村响广播"
    VEHICLE = "vehicle", "Vehicle", "宣传车"
    BANNER = "banner", "Banner", "横幅"
    POSTER = "poster", "Poster", "海报"
    NOTICE = "notice", "Notice", "通告"
    LEAFLET = "leaflet", "Leaflet", "明白纸"
    SMS = "sms", "SMS", "短信"
    CHAT = "chat", "Chat group", "微信群"
    ACCOUNT = "account", "Public account", "公众号"
    HOME_VISIT = "home_visit", "Home visits", "入户宣传"


def recorded_as(way: str) -> tuple[str, dict[str, str]]:
    """The kind that says that it was done, and what its form holds already."""
    if way in set(Speaker):
        return "outreach.broadcast", {"device_kind": way}
    if way in set(Medium):
        return "outreach.posted", {"medium": way}
    if way in set(Channel):
        return "outreach.messaged", {"channel": way}
    return "doorknock.visited", {"outcome": "met"}


@kind(
    "outreach.planned",
    Text("Telling planned", "宣传计划"),
    retention="open",
    by_phone=False,
    examples=(
        {"channel": "loudspeaker", "day": "2022-03-19", "quantity": 3, "text_id": "T-001"},
        {"channel": "banner", "day": "2022-03-19", "quantity": 0},
    ),
)
class Planned(Said):
    """So much is to be told in the area on that day; the latest word on a channel, day and text counts, 0 takes the line away."""

    channel: Annotated[Way, Field(Text("Channel", "宣传方式"))]
    day: Annotated[Time, Field(Text("Day", "日期"))]
    quantity: Annotated[Count, Field(Text("How many", "数量"), help=Text("0 takes the line away.", "填 0 即取消该项。"))]
    text_id: Annotated[Words, Field(Text("Text", "文稿编号"))] = ""
    where: Annotated[Words, Field(Text("Where", "位置"))] = ""

    def check(self) -> None:
        check_bare_day("day", self.day)
