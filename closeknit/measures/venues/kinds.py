"""What can be said of shops, stations, banks and the like."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, WordList, Words
from closeknit.ledger.kinds import Said, kind


class EntryWay(Code):
    """How somebody registered at the entrance; all count the same."""

    SCANNED = "scanned", "Scanned the code", "扫码"
    SHOWN = "shown", "Showed a code", "亮码"
    PAPER = "paper", "On paper", "纸质登记"
    ID_CARD = "id_card", "Identity card", "刷身份证"


@kind(
    "venues.entered",
    Text("Venue entered", "场所进入登记"),
    retention="whereabouts",
    whereabouts=True,
    needs=("place",),
    may=("person",),
    feature="venue_code",
    examples=({"way": "paper"},),
)
class Entered(Said):
    """Somebody went in; paper and card leave an equal record."""

    way: Annotated[EntryWay, Field(Text("How", "登记方式"))]
    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""


@kind(
    "venues.patrolled",
    Text("Venue patrolled", "场所巡查"),
    retention="open",
    needs=("place",),
    may=("person", "household"),
    examples=({"code_posted": True, "scanning": False, "masks": True, "problems": ["无人登记"]},),
)
class Patrolled(Said):
    """A patrol looked at the place."""

    code_posted: Annotated[bool, Field(Text("Registration notice posted", "张贴进入登记标识"))]
    scanning: Annotated[bool, Field(Text("Everybody registers", "落实进入登记"))]
    masks: Annotated[bool | None, Field(Text("Masks worn", "佩戴口罩"))] = None
    problems: Annotated[WordList, Field(Text("Problems", "发现问题"))] = []
