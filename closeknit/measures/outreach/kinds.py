"""What can be said of telling the public."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Quantity, Words
from closeknit.ledger.kinds import Said, kind


class Medium(Code):
    """What was put up or handed out."""

    BANNER = "banner", "Banner", "横幅"
    POSTER = "poster", "Poster", "海报"
    NOTICE = "notice", "Notice", "通告"
    LEAFLET = "leaflet", "Leaflet", "明白纸"


class Speaker(Code):
    """What spoke."""

    LOUDSPEAKER = "loudspeaker", "Loudspeaker", "大喇叭"
    SMALL_LOUDSPEAKER = "small_loudspeaker", "Small loudspeaker", "小喇叭"
    VEHICLE = "vehicle", "Vehicle", "宣传车"


class Channel(Code):
    """How a message went out."""

    SMS = "sms", "SMS", "短信"
    CHAT = "chat", "Chat group", "微信群"
    ACCOUNT = "account", "Public account", "公众号"


@kind(
    "outreach.posted",
    Text("Material placed", "张贴发放"),
    retention="open",
    may=("place",),
    examples=({"medium": "banner", "quantity": 4},),
)
class Posted(Said):
    """Material was put up or handed out."""

    medium: Annotated[Medium, Field(Text("Medium", "宣传品"))]
    quantity: Annotated[Quantity, Field(Text("Quantity", "数量"))]
    where: Annotated[Words, Field(Text("Where", "位置"))] = ""


@kind(
    "outreach.broadcast",
    Text("Broadcast", "广播宣传"),
    retention="open",
    may=("place",),
    examples=({"device_kind": "loudspeaker", "quantity": 12},),
)
class Broadcast(Said):
    """Loudspeakers or vehicles spoke."""

    device_kind: Annotated[Speaker, Field(Text("Device", "设备"))]
    quantity: Annotated[Quantity, Field(Text("Quantity", "数量"))]
    text_id: Annotated[Words, Field(Text("Text", "文稿编号"))] = ""


@kind("outreach.messaged", Text("Message sent", "信息推送"), retention="open", examples=({"channel": "sms", "recipients": 1200},))
class Messaged(Said):
    """A message went out to many."""

    channel: Annotated[Channel, Field(Text("Channel", "渠道"))]
    recipients: Annotated[Count, Field(Text("Recipients", "接收人数"))]
    text_id: Annotated[Words, Field(Text("Text", "文稿编号"))] = ""
