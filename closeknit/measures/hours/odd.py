"""What does not add up: sign-ins and sign-outs without the other, and people at a post without its skill. A clerk settles each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Moment, moment
from closeknit.measures.workforce.kinds import Stint, lacking, post_words, skill_words, skills_of, stood, wheres_of
from closeknit.policy.packs import Policy, policy

BACK = timedelta(days=14)
NO_IN, NO_OUT, IN_TWICE, UNQUALIFIED = "no_in", "no_out", "in_twice", "unqualified"
SORTS = {
    NO_IN: Text("Signed out, never in", "只有签退，无签到"), NO_OUT: Text("Signed in, never out", "只有签到，无签退"),
    IN_TWICE: Text("Signed in again without signing out", "未签退又签到"),
    UNQUALIFIED: Text("Post needs a skill not confirmed", "岗位所需资质未确认"),
}  # fmt: skip
STATES = (("open", Text("To settle", "待核")), ("settled", Text("Settled", "已核定")))
SETTLE, CONFIRM = Text("Settle", "核定工时"), Text("Confirm the skill", "确认资质")
NOT_HERE = Text("This sign-in is not in your area. Open it from the list of hours to settle.", "辖区内无此签到记录。请从“待核工时”打开。")
NONE = Empty(
    Text("All hours add up", "工时均已对上"),
    Text(
        "A sign-in without its sign-out, or the other way round, would stand here until a clerk says how long it was.",
        "签到、签退缺其一时列于此处，由专干核定工时。",
    ),
    icon="clock",
)


@dataclass(frozen=True)
class Line:
    """One stint that does not add up, and why. An unqualified one leaves the list when the skill is confirmed."""

    stint: Stint
    sort: str
    name: str
    where: str
    post: Text | str
    lacks: Text | str
    act: Action | None

    @property
    def settled(self) -> bool:
        return self.sort != UNQUALIFIED and self.stint.settled is not None

    @property
    def badge(self) -> Badge:
        return Badge(Text("settled", "已核定"), "good") if self.settled else Badge(Text("to settle", "待核"), "watch")


COLUMNS = (
    Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (row.settled, row.stint.step.at), phone="end"),
    Column("what", Text("What does not add up", "问题"), lambda row: SORTS[row.sort], sort=lambda row: row.sort),
    Column("at", Text("When", "时间"), lambda row: row.stint.step.at, sort=lambda row: row.stint.step.at),
    Column("where", Text("Where", "地点"), lambda row: row.where, sort=lambda row: row.where),
    Column("post", Text("Post", "岗位"), lambda row: row.post or None),
    Column("skill", Text("Skill", "资质"), lambda row: row.lacks or None),
    Column("hours", Text("Hours settled", "核定工时"), lambda row: row.stint.settled, number=True),
)


def odd(area: str, at: Moment, pack: Policy, *, back: timedelta = BACK) -> list[tuple[Stint, str, list[str]]]:
    """The stints of the area that do not add up, each with why and the skills that it lacks."""
    every = stood(area, at.now - back, at.now, as_of=at.as_of)
    skills = skills_of(stint.step.member for stint in every)
    made: list[tuple[Stint, str, list[str]]] = [(stint, stint.odd, []) for stint in every if stint.odd]
    for stint in every:
        step = stint.step
        missing = lacking(step.post, skills.get(step.member, ()), pack, step.at.astimezone(pack.timezone).date())
        if missing:
            made.append((stint, UNQUALIFIED, missing))
    return made


def _lines(request: Request, found: Iterable[tuple[Stint, str, list[str]]], pack: Policy) -> list[Line]:
    found = list(found)
    people = names.members(stint.step.member for stint, _, _ in found)
    wheres = wheres_of([stint for stint, _, _ in found])
    may = can(request.account, "deployment.record")

    def line(stint: Stint, sort: str, missing: list[str]) -> Line:
        step = stint.step
        lacks = skill_words(missing[0], pack) if missing else ""
        act = _act(request, stint, missing) if may and (missing or stint.settled is None) else None
        return Line(
            stint, sort, people.get(step.member, step.member), wheres.get(step.where, step.where), post_words(step.post, pack), lacks, act
        )

    return [line(*each) for each in found]


def _act(request: Request, stint: Stint, missing: list[str]) -> Action:
    step, here = stint.step, links.here(request)
    if missing:
        kind, word, said = "deployment.skill_confirmed", CONFIRM, {"worker": step.member, "skill": missing[0], "area": step.area}
    else:
        kind, word, said = "deployment.hours_settled", SETTLE, {"step": step.id, "place": step.place, "area": step.area}
    asked = urlencode({name: value for name, value in {**said, "next": here}.items() if value})
    return Action(word, f"{reverse('records.record', args=[kind])}?{asked}")


def hours(request: Request, area: str) -> HttpResponse:
    """What does not add up in the last two weeks."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    lines = _lines(request, odd(area, moment(request, pack), pack), pack)
    act = Column("act", Text("Next", "下一步"), lambda line: line.act, export=lambda line: "", phone="wide")
    listing = Listing(
        columns=(*COLUMNS, act) if can(request.account, "deployment.record") else COLUMNS,
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda line, value: line.settled == (value == "settled")), choices=STATES,
                   standing="open"),
            Filter("what", Text("What does not add up", "问题"), where(lambda line, value: line.sort == value),
                   choices=list(SORTS.items())),
        ) if lines else (),
        search=words_said(lambda line: (line.name, line.where, line.post)),
    )  # fmt: skip
    crumbs = [*links.above(request.account, row, "workforce.now"), (row.name, reverse("workforce.now", args=[area]))]
    return listing.respond(request, lines, crumbs=crumbs)


def settles(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the step that is settled is none of the account's area."""
    step = Event.objects.filter(id=_uuid(str(entry.data.get("step", "")))).values_list("kind", "area").first()
    if step is None or not step[0].startswith("workforce.signed_") or not in_scope(account, step[1]):
        raise Invalid("data.step", "unknown", NOT_HERE)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


guard("deployment.hours_settled", settles)
