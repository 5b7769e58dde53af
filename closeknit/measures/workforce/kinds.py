"""What can be said of those who work for the response, and what other measures may ask of who stands where."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from closeknit.access.models import Account
from closeknit.access.scope import visible
from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Temperature, Time, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.workforce import presence
from closeknit.measures.workforce.posts import (
    Post,
    catalogue,
    lacking,
    post_code,
    post_of,
    post_words,
    skill_choices,
    skill_words,
    skills_of,
)
from closeknit.measures.workforce.presence import Stint, hours_by_day, wheres_of
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member, Place

__all__ = [
    "HoursSettled", "Post", "SignedIn", "SignedOut", "SkillConfirmed", "Stint", "Worn", "catalogue", "hours_by_day", "lacking",
    "not_qualified", "of_our_own", "post_code", "post_of", "post_words", "signed_in", "skill_choices", "skill_words", "skills_of", "stood",
    "wheres_of",
]  # fmt: skip


class Worn(Code):
    """What somebody wears against infection."""

    MASK = "mask", "Mask", "口罩"
    GLOVES = "gloves", "Gloves", "手套"
    SHIELD = "shield", "Face shield", "面屏"
    SUIT = "suit", "Protective suit", "防护服"


LACKS = Text(
    "This post needs a confirmed skill: {skill}. Choose another post, or have the town's clerk confirm the certificate.",
    "此岗位须具备“{skill}”。请改选其他岗位，或请乡镇专干核对证明后登记资质。",
)
BETWEEN = Text("Between 0 and {n} hours.", "工时应在 0 至 {n} 小时之间。")
NOBODY = Text("No worker of your area has this code: {codes}. See the list of members.", "辖区内无此人员编号：{codes}。可查人员名单。")
PROTECTION = Text("Protection worn", "防护穿戴")


@kind("workforce.signed_in", Text("Signed in", "到岗签到"), retention="open", may=("place",), examples=({"post": "checkpoint"},))
class SignedIn(Said):
    """Somebody took up a post."""

    post: Annotated[Words, Field(Text("Post", "岗位"))]
    unit: Annotated[Words, Field(Text("Unit", "单位"))] = ""
    protection: Annotated[list[Worn], Field(PROTECTION)] = []
    well: Annotated[bool | None, Field(Text("Feels well", "身体状况良好"), "health")] = None
    temperature: Annotated[Temperature | None, Field(Text("Own temperature", "本人体温"), "personal", unit=Text("°C", "°C"))] = None


@kind("workforce.signed_out", Text("Signed out", "离岗签退"), retention="open", may=("place",), examples=({},))
class SignedOut(Said):
    """Somebody left a post."""


@kind(
    "deployment.hours_settled",
    Text("Hours settled", "工时核定"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=({"step": "017f9bed-fe60-709f-9aba-bf8c286f9479", "hours": 8},),
)
class HoursSettled(Said):
    """A clerk said how long somebody was at a post whose sign-in or sign-out is missing."""

    step: Annotated[Words, Field(Text("Sign-in or sign-out", "签到或签退记录"))]
    hours: Annotated[float, Field(Text("Hours", "工时"), unit=Text("h", "小时"))]

    def check(self) -> None:
        if not 0 <= self.hours <= presence.LONGEST_H:
            raise Invalid(
                "data.hours", "out_of_range", Text("Between 0 and {n} hours.", "工时应在 0 至 {n} 小时之间。", n=presence.LONGEST_H)
            )

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.step[:120]


@kind(
    "deployment.skill_confirmed",
    Text("Skill confirmed", "资质确认"),
    retention="open",
    by_phone=False,
    examples=({"worker": "W00001", "skill": "driving", "until": "2022-12-31", "certificate": "卫健局名册"},),
)
class SkillConfirmed(Said):
    """Somebody looked at a certificate: this worker may be put on posts that ask for the skill."""

    worker: Annotated[Words, Field(Text("Worker", "人员编号"))]
    skill: Annotated[Words, Field(Text("Skill", "资质"))]
    until: Annotated[Time, Field(Text("Holds until", "有效期至"))] = ""
    certificate: Annotated[Words, Field(Text("Certificate seen", "所见证明"))] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.worker[:120]


def stood(area: str, start: datetime, now: datetime, *, as_of: datetime | None = None, member: str = "") -> list[Stint]:
    """Who was where between two times: of an area (by the place, else by where it was recorded), or of one member; three statements."""
    signed = standing(SignedIn, SignedOut, as_of=as_of).filter(at__gt=start, at__lte=now)
    settled = standing(HoursSettled, as_of=as_of).filter(at__gt=start)
    places = Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code")).values("code")
    here = signed.filter(member=member) if member else in_area(signed.filter(place=""), area, as_of) | signed.filter(place__in=places)
    steps = {str(number) for number in here.values_list("id", flat=True)}  # what ends a stint may have been said anywhere
    return [each for each in presence.stood(signed.filter(member__in=here.values("member")), settled, now) if each.step.id in steps]


def signed_in(steps: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What these sign-ins say, by their id."""
    return {str(number): data for number, data in Event.objects.filter(id__in=list(steps)).values_list("id", "data")}


def of_our_own(account: Account, codes: Iterable[str], field: str) -> None:
    """Raises `Invalid` beside the field where the account's area has no member of some code."""
    wanted = {code for code in codes if code}
    known = set(visible(Member.objects.current(), account).filter(code__in=wanted).values_list("code", flat=True)) if wanted else set()
    if wanted - known:
        raise Invalid(f"data.{field}", "unknown", NOBODY.format(codes="、".join(sorted(wanted - known))))


def not_qualified(worker: str, said: str, pack: Policy, day: date) -> None:
    """Raises `Invalid` beside `post` where the post asks for a skill that is not confirmed for the worker on that day."""
    missing = lacking(said, skills_of([worker]).get(worker, ()), pack, day)
    if missing:
        raise Invalid("data.post", "unqualified", LACKS.format(skill=skill_words(missing[0], pack)))
