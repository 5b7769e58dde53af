"""What can be said of tracing: whose case it is and since when, and that somebody asked who was where that person was."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, Words, check_order, parse_time
from closeknit.ledger.kinds import Said, kind

TO_COME = Text("This lies in the future.", "时间不能晚于现在。")
SAY_WHY = Text("Say why it has to be known.", "请写明查询事由。")


class Basis(Code):
    """From what the time in which a person may have infected others is reckoned; the pack says how many days before it begins."""

    ONSET = "onset", "First symptoms", "发病"
    POSITIVE_SAMPLE = "positive_sample", "Positive sample", "阳性采样"
    RASH = "rash", "Rash", "出疹"


Case = Annotated[Words, Field(Text("Case", "调查编号"))]


@kind(
    "tracing.person_named",
    Text("Person of a case", "确定病例人员"),
    retention="contacts",
    needs=("person",),
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "basis": "onset", "began_at": "2022-03-16T08:00:00+08:00", "apart_at": "2022-03-18T20:00:00+08:00"},),
)
class PersonNamed(Said):
    """Whose case it is, and between which times this person may have infected others; the latest word counts."""

    case: Case
    basis: Annotated[Basis, Field(Text("Reckoned from", "起算依据"), "health")]
    began_at: Annotated[Time, Field(Text("When that was", "起算时间"), "personal")]
    apart_at: Annotated[Time, Field(
        Text("Kept apart since", "隔离时间"), "personal",
        help=Text("Left empty: not yet.", "不填为尚未隔离。"),
    )] = ""  # fmt: skip

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.case

    def check(self) -> None:
        check_order("apart_at", self.began_at, self.apart_at)
        for name in ("began_at", "apart_at"):
            said = parse_time(value) if (value := getattr(self, name)) else None
            now = clock.now()
            if said and (said > now if isinstance(said, datetime) else said > now.date()):
                raise Invalid(f"data.{name}", "out_of_range", TO_COME)


@kind(
    "tracing.asked",
    Text("Asked who was there", "查询同时空人员"),
    retention="audit",
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "reason": "流调溯源"},),
)
class Asked(Said):
    """Somebody asks who was where a case's person was. Nothing is opened before this stands."""

    case: Case
    reason: Annotated[Words, Field(Text("Why", "查询事由"), "personal")]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.case

    def check(self) -> None:
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", SAY_WHY)
