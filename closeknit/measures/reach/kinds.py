"""What can be said of telling a household, besides a visit or a call."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.outreach.kinds import TextId, TextVersion


class ToldBy(Code):
    """By what a household was told."""

    LEAFLET = "leaflet", "Leaflet", "明白纸"
    MESSAGE = "message", "Message that they confirmed", "信息（已回复）"
    TALK = "talk", "Talk, in person or by telephone", "当面或电话"


@kind(
    "outreach.household_told",
    Text("Household told", "宣传到户"),
    retention="roster",
    needs=("household",),
    examples=({"way": "leaflet", "text_id": "T-001", "version": 1},),
)
class HouseholdTold(Said):
    """A household got a leaflet, confirmed a message or was spoken to."""

    way: Annotated[ToldBy, Field(Text("By what", "宣传方式"))]
    text_id: TextId = ""
    version: TextVersion = None
