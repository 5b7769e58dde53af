"""What can be said of residents' cards, who stands before their pages, and how one is drawn: the only file that other measures read."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.residents.asking import ask_once
from closeknit.measures.residents.fields import FORM, OBJECTION
from closeknit.measures.residents.pages import address, asked_first, draw, later, new_form
from closeknit.measures.residents.saying import TOO_OFTEN, may_send, number_of, say
from closeknit.measures.residents.visitors import SALT, Visitor, visitor
from closeknit.measures.residents.ways import OwnPart, Way, own_part, own_parts, way

__all__ = [
    "FORM", "OBJECTION", "SALT", "TOO_OFTEN", "CardIssued", "CardRevoked", "OwnPart", "TriesRenewed", "Visitor", "Way", "address",
    "ask_once", "asked_first", "draw", "later", "may_send", "new_form", "number_of", "own_part", "own_parts", "say", "visitor", "way",
]  # fmt: skip

Number = Annotated[Words, Field(Text("Number of the card", "卡号"))]


@kind(
    "residents.card_issued",
    Text("Resident's card issued", "发放便民卡"),
    retention="roster",
    needs=("household",),
    by_form=False,
    by_phone=False,
    examples=({"card": "7E67A02B8FF4"},),
)
class CardIssued(Said):
    """A household got a card."""

    card: Number


@kind(
    "residents.card_revoked",
    Text("Resident's card revoked", "作废便民卡"),
    retention="roster",
    needs=("household",),
    by_form=False,
    by_phone=False,
    examples=({"card": "7E67A02B8FF4", "reason": "遗失"},),
)
class CardRevoked(Said):
    """A household's card was lost or given to somebody else; what is on paper opens nothing any more."""

    card: Number
    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")] = ""


@kind(
    "residents.tries_renewed",
    Text("Tries given anew", "重新开放查询"),
    retention="roster",
    needs=("household",),
    by_form=False,
    by_phone=False,
    examples=({"reason": "本人到村委会核实"},),
)
class TriesRenewed(Said):
    """Somebody had used up the day's tries to see their result, and a clerk who knows them opened it again."""

    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")] = ""
