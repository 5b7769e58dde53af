"""What can be said at a door."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Quantity, Time, WordList, Words
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


class Recheck(Code):
    """What the call back brought."""

    AGREES = "agrees", "Agrees with the visit", "与走访一致"
    DIFFERS = "differs", "Differs from the visit", "与走访不符"
    NOT_REACHED = "not_reached", "Not reached", "未联系上"


@kind(
    "doorknock.recheck_drawn",
    Text("Doors drawn for a call back", "抽取回访户"),
    retention="audit",
    by_form=False,
    by_phone=False,
    examples=(
        {"campaign": "sweep-1", "day": "2022-03-18", "salt": "9f2c", "seed": "ab" * 32, "share": 0.05, "count": 1, "households": ["H1"]},
    ),
)
class RecheckDrawn(Said):
    """Settled doors drawn from a seed that anybody can draw with again; seed = sha256 of campaign, area, day and salt."""

    campaign: Annotated[Words, Field(Text("Campaign", "行动"))]
    day: Annotated[Time, Field(Text("Day", "日期"))]
    salt: Annotated[Words, Field(Text("Salt", "随机盐"))]
    seed: Annotated[Words, Field(Text("Seed", "随机种子"))]
    share: Annotated[float, Meta(gt=0, le=1), Field(Text("Share", "抽取比例"))]
    count: Annotated[Quantity, Field(Text("Doors drawn", "抽取户数"))]
    households: Annotated[WordList, Field(Text("Households", "抽中户"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.campaign[:120]


@kind(
    "doorknock.rechecked",
    Text("Door called back", "回访核实"),
    retention="roster",
    by_form=False,
    by_phone=False,
    needs=("household",),
    may=("person",),
    examples=({"outcome": "agrees", "said": "met"}, {"outcome": "not_reached"}),
)
class Rechecked(Said):
    """Somebody other than the visitor asked the household whether the visit was as it was written down."""

    outcome: Annotated[Recheck, Field(Text("Result of the call", "回访结果"))]
    said: Annotated[Outcome | None, Field(Text("What they say of the visit", "住户所述走访情况"))] = None
    draw: Annotated[Words, Field(Text("Draw", "抽取批次"))] = ""
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""

    def check(self) -> None:
        if self.outcome is Recheck.NOT_REACHED and self.said is not None:
            raise Invalid("data.said", "not_reached", Text("Nobody was reached, so nobody said anything.", "未联系上时不填住户所述情况。"))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.draw[:120]
