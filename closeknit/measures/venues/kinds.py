"""What can be said of shops, stations, banks and the like."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Decision, Field, Invalid, Temperature, WordList, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.checkpoints.kinds import Colour, TravelCard

LONGEST_ENTRANCE = 20
TOO_LONG = Text("The name of an entrance has at most {n} characters.", "出入口名称不超过 {n} 个字。")


class EntryWay(Code):
    """How somebody registered at the entrance; all count the same."""

    SCANNED = "scanned", "Scanned the code", "扫码"
    SHOWN = "shown", "Showed a code", "亮码"
    PAPER = "paper", "On paper", "纸质登记"
    ID_CARD = "id_card", "Identity card", "刷身份证"


class RefusedFor(Code):
    """Why somebody was not let in. That somebody has no code, or no phone, is no reason."""

    FEVER = "fever", "Fever", "发热"
    ORDER = "order", "Under an order to stay apart", "应隔离人员"
    COLOUR = "colour", "The colour shown", "出示码色异常"
    TRAVEL_CARD = "travel_card", "What the travel card marks", "行程卡有标记"
    FULL = "full", "Full or closed", "限流或停业"
    OTHER = "other", "Other", "其他"


def entrance_fits(name: str) -> None:
    """Raises `Invalid` where the name of an entrance does not fit a poster."""
    if len(name) > LONGEST_ENTRANCE:
        raise Invalid("data.entrance", "wrong_type", TOO_LONG.format(n=LONGEST_ENTRANCE))


Entrance = Annotated[Words, Field(Text("Entrance", "出入口"), help=Text("Left empty: the main one.", "不填为主出入口。"))]
Shown = Annotated[Colour | None, Field(Text("Colour shown", "出示码色"), "health", feature="health_code")]
Card = Annotated[TravelCard | None, Field(Text("Travel card", "行程卡"), "health", feature="health_code")]


@kind(
    "venues.entered",
    Text("Venue entered", "场所进入登记"),
    retention="whereabouts",
    whereabouts=True,
    needs=("place",),
    may=("person",),
    feature="venue_code",
    examples=(
        {"way": "paper", "helped": True, "no_phone": True},
        {"way": "shown", "colour": "green", "travel_card": "clear", "temperature": 36.4, "decision": "admitted"},
        {"way": "id_card", "temperature": 38.1, "decision": "referred", "refused_for": "fever"},
    ),
)
class Entered(Said):
    """Somebody came to an entrance; paper, an identity card and a helper leave an equal record. It is evidence for nothing."""

    way: Annotated[EntryWay, Field(Text("How", "登记方式"))]
    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""
    entrance: Entrance = ""
    helped: Annotated[bool, Field(Text("Somebody else registered them", "他人代登记"))] = False
    no_phone: Annotated[bool, Field(Text("Has no phone", "无手机"))] = False
    colour: Shown = None
    travel_card: Card = None
    temperature: Annotated[
        Temperature | None, Field(Text("Temperature", "体温"), "health", unit=Text("°C", "°C"), feature="temperature")
    ] = None
    emergency: Annotated[bool, Field(Text("Emergency", "急难就医"))] = False
    decision: Annotated[Decision | None, Field(Text("Decision", "处置"))] = None
    refused_for: Annotated[RefusedFor | None, Field(Text("Not let in because of", "未放行原因"))] = None
    reason: Annotated[Words, Field(Text("Reason in words", "原因说明"))] = ""

    def check(self) -> None:
        entrance_fits(self.entrance)
        refused = self.decision in (Decision.TURNED_AWAY, Decision.REFERRED)
        if self.emergency and self.decision is Decision.TURNED_AWAY:
            raise Invalid("data.decision", "care_first", CARE_FIRST)
        if (self.colour is None) != (self.travel_card is None):
            raise Invalid("data.travel_card" if self.travel_card is None else "data.colour", "missing", TOGETHER)
        if refused != (self.refused_for is not None):
            raise Invalid("data.refused_for", "missing" if refused else "contradicts", SAY_WHY if refused else WAS_LET_IN)
        if self.refused_for is RefusedFor.OTHER and not self.reason.strip():
            raise Invalid("data.reason", "missing", SAY_WHY)
        if self.no_phone and (self.colour or Colour.NONE, self.travel_card or TravelCard.NONE) != (Colour.NONE, TravelCard.NONE):
            raise Invalid("data.colour", "contradicts", Text("Without a phone no code is shown.", "无手机不能出示码。"))
        if self.no_phone and self.refused_for in (RefusedFor.COLOUR, RefusedFor.TRAVEL_CARD):
            raise Invalid("data.refused_for", "no_phone", NEVER_FOR_A_PHONE)


CARE_FIRST = Text("Somebody in need of care is never turned away.", "急难就医人员一律不得劝返。")
TOGETHER = Text(
    "Colour and travel card are checked together: say both; where nothing was shown, “none”.", "健康码与行程卡须同时查验，未出示请选“无”。"
)
SAY_WHY = Text("Say why the person was not let in.", "未放行须写明原因。")
WAS_LET_IN = Text("Whoever is let in is refused for nothing: take the reason away, or the decision.", "已放行无需填写未放行原因。")
NEVER_FOR_A_PHONE = Text(
    "Nobody is turned away for want of a phone: let them sign the sheet or show an identity card.",
    "不得因无手机不予放行：请其在纸质表登记或出示身份证。",
)


@kind(
    "venues.patrolled",
    Text("Venue patrolled", "场所巡查"),
    retention="open",
    needs=("place",),
    may=("person", "household"),
    examples=({"code_posted": True, "scanning": False, "masks": True, "temperature_taken": True, "problems": ["无人登记"]},),
)
class Patrolled(Said):
    """A patrol looked at the place."""

    code_posted: Annotated[bool, Field(Text("Registration notice posted", "张贴进入登记标识"))]
    scanning: Annotated[bool, Field(Text("Everybody registers", "落实进入登记"))]
    masks: Annotated[bool | None, Field(Text("Masks worn", "佩戴口罩"))] = None
    temperature_taken: Annotated[bool | None, Field(Text("Temperature taken at the entrance", "入口测温"), feature="temperature")] = None
    problems: Annotated[WordList, Field(Text("Problems", "发现问题"))] = []
