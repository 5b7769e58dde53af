"""Who is qualified for what: the list of confirmed skills, and what a form is told where somebody is not."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.workforce.kinds import catalogue, not_qualified, of_our_own, post_words, skill_choices, skill_words, skills_of
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member

CONFIRM = Text("Confirm a skill", "登记资质")
NO_SKILL = Text("The pack knows these skills: {skills}. Write one of them.", "请填写下列资质之一：{skills}。")
NONE = Empty(
    Text("No skill confirmed yet", "尚未登记资质"),
    Text(
        "Posts that need a skill take only those of whom somebody has seen the certificate: confirm them here first.",
        "需要资质的岗位仅安排已核对证明的人员：请先在此登记。",
    ),
    icon="shield-check",
)


def confirms(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a skill or a worker is not known here."""
    pack = policy(entry.area)
    if entry.data.get("skill") not in pack.get("skills", {}):
        listed = "、".join(f"{code}（{words}）" for code, words in skill_choices(pack))
        raise Invalid("data.skill", "unknown", NO_SKILL.format(skills=listed))
    of_our_own(account, [str(entry.data.get("worker", ""))], "worker")


def qualified(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where somebody signs in at a post for which no skill of theirs is confirmed."""
    pack, at = policy(entry.area), entry.at or clock.now()
    not_qualified(entry.by, str(entry.data.get("post", "")), pack, at.astimezone(pack.timezone).date())


guard("deployment.skill_confirmed", confirms)
guard("workforce.signed_in", qualified)


@dataclass(frozen=True)
class Line:
    """A worker's skill."""

    event: Event
    name: str
    unit: str
    skill: Text | str
    holds: bool

    @property
    def until(self) -> str | None:
        return str(self.event.data.get("until", ""))[:10] or None

    @property
    def badge(self) -> Badge:
        return Badge(Text("holds", "有效"), "good") if self.holds else Badge(Text("over", "已过期"), "watch")


LIST = Listing(
    columns=(
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (row.holds, row.name), phone="end"),
        Column("skill", Text("Skill", "资质"), lambda row: row.skill, sort=lambda row: str(row.skill)),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=lambda row: row.unit),
        Column("until", Text("Holds until", "有效期至"), lambda row: row.until, sort=lambda row: row.until or ""),
        Column("seen", Text("Certificate seen", "所见证明"), lambda row: row.event.data.get("certificate") or None),
    ),
    order="name",
    empty=NONE,
    filters=(Filter("over", Text("Over only", "仅看已过期"), where(lambda row, value: not row.holds), type="flag"),),
    search=words_said(lambda row: (row.name, row.skill, row.unit)),
)


def skills(request: Request, area: str) -> HttpResponse:
    """The skills of the members of an area, and the posts that ask for one."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    members = {each.code: each for each in Member.objects.current().filter(area__in=Area.objects.below(area).values("code"))}
    today = clock.now().astimezone(pack.timezone).date()
    lines = [_line(event, members[code], pack, today) for code, events in skills_of(members).items() for event in events]
    asking = [post for post in catalogue(pack).values() if post.skills]
    posts = [(post_words(post.code, pack), [skill_words(skill, pack) for skill in post.skills]) for post in asking]
    asked = urlencode({"area": area, "next": request.path})
    add = Action(CONFIRM, f"{reverse('records.record', args=['deployment.skill_confirmed'])}?{asked}", "plus", primary=True)
    crumbs = [*links.above(request.account, row, "workforce.now"), (row.name, reverse("workforce.now", args=[area]))]
    actions = [add] if can(request.account, "deployment.record") else []
    return LIST.respond(request, lines, template="staffing/skills.html", context={"posts": posts}, crumbs=crumbs, actions=actions)


def _line(event: Event, member: Member, pack: Policy, today: date) -> Line:
    holds = (event.data.get("until") or "9999")[:10] >= today.isoformat()
    return Line(event, member.name, member.unit, skill_words(event.data["skill"], pack), holds)
