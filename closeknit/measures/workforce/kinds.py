"""What can be said of those who work for the response."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Words
from closeknit.ledger.kinds import Said, kind


@kind("workforce.signed_in", Text("Signed in", "到岗签到"), retention="open", may=("place",), examples=({"post": "checkpoint"},))
class SignedIn(Said):
    """Somebody took up a post."""

    post: Annotated[Words, Field(Text("Post", "岗位"))]
    unit: Annotated[Words, Field(Text("Unit", "单位"))] = ""


@kind("workforce.signed_out", Text("Signed out", "离岗签退"), retention="open", may=("place",), examples=({},))
class SignedOut(Said):
    """Somebody left a post."""
