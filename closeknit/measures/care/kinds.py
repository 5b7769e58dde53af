"""What can be said of people who need help: tags, visits, requests for help, referrals."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, WordList, Words
from closeknit.ledger.kinds import Opening, Said, kind


class Tag(Code):
    """Why somebody needs to be looked after."""

    LIVING_ALONE = "living_alone", "Lives alone", "独居"
    IMMOBILE = "immobile", "Cannot move easily", "行动不便"
    DISABLED = "disabled", "Disabled", "残疾"
    HOMELESS = "homeless", "No fixed home", "居无定所"
    NO_PHONE = "no_phone", "No smartphone", "无智能手机"
    OTHER = "other", "Other", "其他"


class TagState(Code):
    """Whether a tag holds."""

    SET = "set", "Holds", "是"
    REMOVED = "removed", "Holds no more", "取消"


class VisitOutcome(Code):
    """What came of a visit or a call of care."""

    MET = "met", "Met or spoken to", "已见面或通话"
    ABSENT = "absent", "Not there", "未见到"
    REFUSED = "refused", "Did not want it", "婉拒"


class Matter(Code):
    """What help is asked for."""

    DOCTOR = "doctor", "Doctor, birth, accident", "就医急救"
    MEDICINE = "medicine", "Medicine", "用药"
    FOOD = "food", "Food and daily goods", "食品日用品"
    BABY = "baby", "Baby", "婴幼儿"
    TRANSPORT = "transport", "Transport", "出行"
    REPAIR = "repair", "Water, power, repair", "水电维修"
    COMPANY = "company", "Somebody to talk to", "陪伴疏导"
    QUESTION = "question", "A question", "咨询"
    OTHER = "other", "Other", "其他"


class Urgency(Code):
    """How soon somebody has to act."""

    EMERGENCY = "emergency", "Emergency", "紧急"
    URGENT = "urgent", "Urgent", "较急"
    NORMAL = "normal", "Normal", "一般"


class AskedBy(Code):
    """By which way a request came."""

    PHONE = "phone", "By telephone", "电话"
    DOOR = "door", "At the door", "入户"
    PAGE = "page", "By the page", "网页"
    POSTER = "poster", "By a poster's code", "扫海报码"
    SITE = "site", "At a site", "现场"
    VISIT = "visit", "On a visit of care", "探访"


class HelpOutcome(Code):
    """What became of a request."""

    HELPED = "helped", "Helped", "已解决"
    REFERRED = "referred", "Referred", "已转介"
    NOT_NEEDED = "not_needed", "Not needed any more", "已不需要"
    COULD_NOT = "could_not", "Could not", "未能解决"


class ReferredTo(Code):
    """To whom somebody is referred."""

    CIVIL_AFFAIRS = "civil_affairs", "Civil affairs", "民政部门"
    DISABLED_FEDERATION = "disabled_federation", "Disabled persons' federation", "残联"
    HOSPITAL = "hospital", "Hospital", "医院"
    POLICE = "police", "Police", "公安"
    OTHER = "other", "Other", "其他"


class Answer(Code):
    """What an office said to a referral."""

    ACCEPTED = "accepted", "Accepted", "已受理"
    DECLINED = "declined", "Declined", "未受理"
    DONE = "done", "Done", "已办结"


RequestNumber = Annotated[Words, Field(Text("Request", "求助编号"))]


class _OfRequest(Said):
    """A record that is about one request for help."""

    request: RequestNumber

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.request[:120]


@kind(
    "care.tagged",
    Text("Tag of care", "关爱标签"),
    retention="roster",
    needs=("person",),
    examples=({"tag": "living_alone", "state": "set"}, {"tag": "no_phone", "state": "removed", "reason": "家人已教会使用"}),
)
class Tagged(Said):
    """Why somebody needs help, or that the reason holds no more; also against what a roster says. The latest word on a tag counts."""

    tag: Annotated[Tag, Field(Text("Tag", "标签"), "health")]
    state: Annotated[TagState, Field(Text("Does it hold?", "是否符合"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")] = ""

    def check(self) -> None:
        if self.state is TagState.REMOVED and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the tag holds no more.", "取消标签须写明原因。"))


@kind(
    "care.visited",
    Text("Visit of care", "关爱探访"),
    retention="roster",
    needs_one_of=("person", "household"),
    may=("place",),
    examples=({"outcome": "met", "done": "送药上门", "needs": ["缺降压药"]}, {"outcome": "absent"}),
)
class CareVisited(Said):
    """Somebody looked after a person or a household; each need that was said is a request for help from now on."""

    outcome: Annotated[VisitOutcome, Field(Text("Outcome", "探访结果"))]
    done: Annotated[Words, Field(Text("What was done", "所做事项"), "personal")] = ""
    needs: Annotated[WordList, Field(Text("Needs", "困难需求"), "personal")] = []
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""


@kind(
    "care.help_requested",
    Text("Help requested", "求助登记"),
    retention="roster",
    may=("person", "household", "place"),
    examples=({"matter": "medicine", "urgency": "urgent", "way": "phone", "words": "断药两天", "name": "张三", "phone": "19900000000"},),
)
class HelpRequested(Opening):
    """Somebody asks for help; it is open until it is closed with an outcome."""

    matter: Annotated[Matter, Field(Text("What for", "求助事项"))]
    urgency: Annotated[Urgency, Field(Text("How urgent", "紧急程度"))]
    words: Annotated[Words, Field(Text("In their words", "具体内容"), "personal")] = ""
    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""
    where: Annotated[Words, Field(Text("Where they are", "所在位置"), "personal")] = ""
    way: Annotated[AskedBy | None, Field(Text("How it came", "求助渠道"))] = None


@kind(
    "care.help_taken",
    Text("Request taken", "认领求助"),
    retention="roster",
    by_phone=False,
    examples=({"request": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "owner": "W00001"},),
)
class HelpTaken(_OfRequest):
    """Somebody answers for a request from now on."""

    owner: Annotated[Words, Field(Text("Who sees to it", "责任人"))]


@kind(
    "care.help_closed",
    Text("Request closed", "办结求助"),
    retention="roster",
    by_phone=False,
    examples=({"request": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "helped"},),
)
class HelpClosed(_OfRequest):
    """A request is closed, with what became of it."""

    outcome: Annotated[
        HelpOutcome,
        Field(
            Text("Outcome", "办理结果"),
            help=Text(
                "A request is closed only with an outcome: helped, referred, not needed, could not.",
                "办结须写明结果：已解决、已转介、已不需要或未能解决。",
            ),
        ),
    ]  # fmt: skip
    reason: Annotated[Words, Field(Text("In words", "说明"), "personal")] = ""

    def check(self) -> None:
        if self.outcome is HelpOutcome.COULD_NOT and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why nobody could help.", "未能解决须写明原因。"))


@kind(
    "care.help_asked_again",
    Text("Asked again", "再次求助"),
    retention="roster",
    by_phone=False,
    examples=({"request": "017f9746-d0f8-71e4-8ad3-9952171a7eca"},),
)
class HelpAskedAgain(_OfRequest):
    """The person asks again for what was closed, or has waited too long: it is open, and due from now on."""

    words: Annotated[Words, Field(Text("In their words", "具体内容"), "personal")] = ""


@kind(
    "care.referred",
    Text("Referred", "转介"),
    retention="roster",
    needs=("person",),
    by_phone=False,
    examples=({"to": "civil_affairs", "words": "独居无收入，申请临时救助"},),
)
class Referred(Opening):
    """Another office is asked to look after somebody; it is open until the office has answered."""

    to: Annotated[ReferredTo, Field(Text("To", "转介单位"))]
    words: Annotated[Words, Field(Text("What for", "转介事由"), "personal")] = ""
    request: Annotated[Words, Field(Text("Request", "求助编号"))] = ""


@kind(
    "care.referral_answered",
    Text("Referral answered", "转介回复"),
    retention="roster",
    may=("person",),
    by_phone=False,
    examples=({"referral": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "accepted"},),
)
class ReferralAnswered(Said):
    """What the office said."""

    referral: Annotated[Words, Field(Text("Referral", "转介编号"))]
    outcome: Annotated[Answer, Field(Text("Answer", "回复"))]
    words: Annotated[Words, Field(Text("In words", "说明"), "personal")] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.referral[:120]
