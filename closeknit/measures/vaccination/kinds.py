"""What can be said of vaccinations: a dose given, the doses that somebody has had, and what somebody answered."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Quantity, Time, Words, check_bare_day
from closeknit.ledger.kinds import Said, kind

# All three are kept as long as a roster: the next dose falls due months after the last, when what is kept as health is destroyed.


class Answer(Code):
    """What somebody said of the next dose."""

    DONE = "done", "Done elsewhere", "已在别处接种"
    AGREED = "agreed", "Agreed", "同意接种"
    DECLINED = "declined", "Declined", "不愿接种"
    NOT_DUE = "not_due", "Not due", "未到期"
    POSTPONED = "postponed", "Put off by a doctor", "医生建议暂缓"


class Source(Code):
    """Where a base number comes from."""

    RECORD = "record", "Vaccination record", "接种记录"
    CARD = "card", "Vaccination card", "接种证"
    TOLD = "told", "As they say", "本人自述"


@kind("vaccination.given", Text("Dose given", "疫苗接种"), retention="roster", needs=("person",), may=("place",), examples=({"dose": 1},))
class Given(Said):
    """A dose was given."""

    dose: Annotated[Quantity, Field(Text("Which dose", "第几剂"), "health")]
    vaccine: Annotated[Words, Field(Text("Vaccine", "疫苗"), "health")] = ""
    site: Annotated[Words, Field(Text("Site", "接种点"))] = ""


@kind(
    "vaccination.base_set",
    Text("Doses had so far", "既往接种底数"),
    retention="roster",
    needs=("person",),
    examples=({"doses": 2, "last_on": "2021-09-01", "source": "record"}, {"doses": 0, "source": "told"}),
)
class BaseSet(Said):
    """How many doses somebody has had, and when the last was; what was given later counts on top of it."""

    doses: Annotated[Count, Field(Text("Doses had", "已接种剂数"), "health")]
    last_on: Annotated[Time, Field(Text("Day of the last", "末剂日期"), "health")] = ""
    source: Annotated[Source | None, Field(Text("Known from", "来源"))] = None

    def check(self) -> None:
        if self.last_on:
            check_bare_day("last_on", self.last_on)
        if self.last_on and not self.doses:
            raise Invalid("data.last_on", "out_of_range", Text("Without a dose there is no day of the last.", "未接种的不填末剂日期。"))


@kind(
    "vaccination.mobilised",
    Text("Asked about the next dose", "接种动员"),
    retention="roster",
    needs_one_of=("person", "household"),
    examples=({"answer": "agreed", "appointment": "2022-03-25"}, {"answer": "declined", "reason": "担心副作用"}),
)
class Mobilised(Said):
    """What a person, or a whole household, answered when asked about the next dose."""

    answer: Annotated[Answer, Field(Text("Answer", "答复"), "health")]
    appointment: Annotated[Time, Field(Text("Appointment", "预约日期"), "health")] = ""
    reason: Annotated[Words, Field(Text("In their words", "原因说明"), "personal")] = ""

    def check(self) -> None:
        if self.appointment:
            check_bare_day("appointment", self.appointment)
