"""What can be said at a door."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, WordList, Words
from closeknit.ledger.kinds import Said, kind


class Outcome(Code):
    """What came of a visit."""

    MET = "met", "Met", "已见面"
    ABSENT = "absent", "Nobody home", "无人在家"
    REFUSED = "refused", "Refused", "拒绝"
    MOVED = "moved", "Moved away", "已搬走"
    VACANT = "vacant", "Vacant", "空户"


class Booster(Code):
    """What was said of the booster dose."""

    DONE = "done", "Done", "已接种"
    AGREED = "agreed", "Agreed", "同意接种"
    DECLINED = "declined", "Declined", "不愿接种"
    NOT_DUE = "not_due", "Not due", "未到期"


class CallOutcome(Code):
    """What came of a call."""

    REACHED = "reached", "Reached", "已接通"
    NO_ANSWER = "no_answer", "No answer", "无人接听"
    WRONG_NUMBER = "wrong_number", "Wrong number", "号码有误"
    REFUSED = "refused", "Refused", "拒绝"


@kind(
    "doorknock.visited",
    Text("Door visited", "入户走访"),
    retention="roster",
    needs=("household",),
    may=("person", "place"),
    examples=({"outcome": "met", "present": 3, "leaflet": True}, {"outcome": "absent"}),
)
class Visited(Said):
    """Somebody stood at the door; "could not" and "refused" are work done too."""

    outcome: Annotated[Outcome, Field(Text("Outcome", "走访结果"))]
    present: Annotated[Count | None, Field(Text("People at home", "在家人数"))] = None
    booster: Annotated[Booster | None, Field(Text("Booster dose", "加强针"), "health", feature="booster")] = None
    leaflet: Annotated[bool, Field(Text("Leaflet handed over", "已发明白纸"), feature="leaflet")] = False
    code_help: Annotated[bool, Field(Text("Helped with the health code", "协助办理健康码"), feature="code_help")] = False
    needs: Annotated[WordList, Field(Text("Needs", "困难需求"), "personal")] = []
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""


@kind(
    "doorknock.phoned",
    Text("Household phoned", "电话联系"),
    retention="roster",
    needs_one_of=("household", "person"),
    may=("place",),
    examples=({"outcome": "reached"},),
)
class Phoned(Said):
    """Somebody was called."""

    outcome: Annotated[CallOutcome, Field(Text("Outcome", "通话结果"))]
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""
