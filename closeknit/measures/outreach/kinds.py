"""What can be said of telling the public."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Quantity, Words
from closeknit.ledger.kinds import Said, kind

TextId = Annotated[
    Words, Field(Text("Text", "文稿编号"), help=Text("Its number in the library of texts, once approved.", "文稿库中已审定文稿的编号。"))
]
TextVersion = Annotated[Quantity | None, Field(Text("Version of the text", "文稿版本"))]


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
    RADIO = "radio", "Village radio", "村村响广播"


class Spot(Code):
    """Where material was put."""

    ENTRANCE = "entrance", "Entrance of a compound", "小区出入口"
    PARKING = "parking", "Parking", "停车场"
    UNIT_DOOR = "unit_door", "Unit door", "单元门"
    PHARMACY = "pharmacy", "Pharmacy", "药店"
    RESTAURANT = "restaurant", "Restaurant", "餐饮店"
    SHOP = "shop", "Shop, market", "商超、集市"
    SCHOOL = "school", "School", "学校"
    BUS_STOP = "bus_stop", "Bus stop, station", "车站"
    NOTICE_BOARD = "notice_board", "Notice board", "宣传栏"
    OTHER = "other", "Other", "其他"


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
    spot: Annotated[Spot | None, Field(Text("At what", "点位类型"))] = None
    where: Annotated[Words, Field(Text("Where", "位置"))] = ""
    text_id: TextId = ""
    version: TextVersion = None


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
    text_id: TextId = ""
    version: TextVersion = None


@kind("outreach.messaged", Text("Message sent", "信息推送"), retention="open", examples=({"channel": "sms", "recipients": 1200},))
class Messaged(Said):
    """A message went out to many."""

    channel: Annotated[Channel, Field(Text("Channel", "渠道"))]
    recipients: Annotated[Count, Field(Text("Recipients", "接收人数"))]
    text_id: TextId = ""
    version: TextVersion = None
