"""Who is at which post now, which posts stand empty, who is not qualified for theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.workforce.kinds import Stint, Worn, lacking, post_words, signed_in, skill_words, skills_of, stood, wheres_of
from closeknit.measures.workforce.rules import empty_posts, too_long
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member, Place

BACK = timedelta(days=3)  # a sign-in older than this was forgotten, nobody stands that long
NONE = Empty(
    Text("Nobody is signed in", "当前无人在岗签到"),
    Text(
        "Whoever takes up a post signs in and, at the end, signs out; then it is known here who stands where.",
        "到岗签到、离岗签退后，此处显示谁在哪个岗位。",
    ),
    icon="users",
)
STANDS_EMPTY = Text("Nobody is signed in at: {names}", "以下卡点无人在岗：{names}")
NOT_QUALIFIED = Text("{n} on duty without the skill that the post needs", "{n} 人在岗但未确认岗位所需资质")
WORN = {each.value: each.label for each in Worn}


@dataclass(frozen=True)
class OnDuty:
    """Somebody at a post."""

    stint: Stint
    name: str
    unit: str
    where: str
    post: Text | str
    too_long: bool
    lacks: tuple[Text | str, ...]
    worn: tuple[Text, ...]
    unwell: bool

    @property
    def badge(self) -> Badge:
        if self.unwell:
            return Badge(Text("not well: relieve", "身体不适，请替岗"), "bad")
        if self.lacks:
            return Badge(Text("not qualified", "未确认资质"), "bad")
        return Badge(Text("too long", "超时在岗"), "watch") if self.too_long else Badge(Text("on duty", "在岗"), "good")

    @property
    def urgency(self) -> tuple[Any, ...]:
        return (not self.unwell, not self.lacks, not self.too_long, self.stint.step.at)


def _joined(words: tuple[Text | str, ...]) -> str | None:
    return "、".join(str(each) for each in words) or None


NOW = Listing(
    columns=(
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("post", Text("Post", "岗位"), lambda row: row.post or None, sort=lambda row: str(row.post)),
        Column("where", Text("Where", "地点"), lambda row: row.where, sort=lambda row: row.where),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=lambda row: row.unit),
        Column("since", Text("Since", "到岗时间"), lambda row: row.stint.start, sort=lambda row: row.stint.start),
        Column("worn", Text("Protection worn", "防护穿戴"), lambda row: _joined(row.worn)),
        Column("lacks", Text("Skill to confirm", "待确认资质"), lambda row: _joined(row.lacks), hidden=True),
    ),
    order="where",
    empty=NONE,
    filters=(
        Filter("long", Text("Too long only", "仅看超时"), where(lambda row, value: row.too_long), type="flag"),
        Filter("lacks", Text("Not qualified only", "仅看未确认资质"), where(lambda row, value: bool(row.lacks)), type="flag"),
        Filter("bare", Text("Nothing worn, or not well", "仅看未登记防护或身体不适"),
               where(lambda row, value: row.unwell or not row.worn), type="flag"),
    ),
    search=words_said(lambda row: (row.name, row.unit, row.where, row.post)),
)  # fmt: skip


def on_duty(area: str, now_: datetime, as_of: datetime | None, pack: Policy) -> list[OnDuty]:
    """Who stands at a post of the area now, with what the post needs and how they are; seven statements, however many."""
    lasting = [stint for stint in stood(area, now_ - BACK, now_, as_of=as_of) if stint.lasts]
    codes = {stint.step.member for stint in lasting}
    members = {row.code: row for row in Member.objects.current().filter(code__in=codes)}
    skills, said = skills_of(codes), signed_in(stint.step.id for stint in lasting)
    wheres = wheres_of(lasting)
    most, day = float(pack.get("duty.most_hours_a_day")), now_.astimezone(pack.timezone).date()

    def line(stint: Stint) -> OnDuty:
        step, member, data = stint.step, members.get(stint.step.member), said.get(stint.step.id, {})
        missing = lacking(step.post, skills.get(step.member, ()), pack, day)
        return OnDuty(
            stint, member.name if member else step.member, step.unit or (member.unit if member else ""), wheres.get(step.where, step.where),
            post_words(step.post, pack), too_long(step.at, now_, most), tuple(skill_words(each, pack) for each in missing),
            tuple(WORN[each] for each in data.get("protection", ()) if each in WORN), data.get("well") is False,
        )  # fmt: skip

    return [line(stint) for stint in lasting]


def now(request: Request, area: str) -> HttpResponse:
    """Who is at which post."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    lines = on_duty(area, at.now, at.as_of, pack)
    posts = dict(
        Place.objects.current().filter(category="checkpoint", area__in=Area.objects.below(area).values("code")).values_list("code", "name")
    )
    empty = empty_posts(sorted(posts), {line.stint.step.place for line in lines}, bool(lines))
    notices = [Notice(STANDS_EMPTY.format(names="、".join(posts[code] for code in empty)), "bad")] if empty else []
    unqualified = sum(1 for line in lines if line.lacks)
    if unqualified:
        notices.append(Notice(NOT_QUALIFIED.format(n=unqualified), "bad"))
    heading = Text("People on duty: {area}", "{area} 在岗力量", area=row.name)
    crumbs = links.above(request.account, row, "workforce.now")
    context = {"at": at, "notices": notices}
    return NOW.respond(
        request, lines, template="workforce/now.html", context=context, heading=heading, crumbs=crumbs, actions=_actions(request, area)
    )


def _actions(request: Request, area: str) -> list[Action]:
    ways = (
        ("workforce.days", Text("By day", "按日统计"), "calendar"), ("hours.odd", Text("Hours to settle", "待核工时"), "clock"),
        ("workforce.members", Text("Members", "人员"), "phone"), ("staffing.skills", Text("Skills", "资质"), "shield-check"),
    )  # fmt: skip
    actions = [Action(word, url, icon) for name, word, icon in ways if (url := links.to(name, area=area))]
    if can(request.account, "workforce.record"):
        back = urlencode({"area": area, "next": request.path})
        for kind, word, icon, primary in (
            ("workforce.signed_out", Text("Sign out", "离岗签退"), "logout", False),
            ("workforce.signed_in", Text("Sign in", "到岗签到"), "plus", True),
        ):
            actions.append(Action(word, f"{reverse('records.record', args=[kind])}?{back}", icon, primary=primary))
    return actions
