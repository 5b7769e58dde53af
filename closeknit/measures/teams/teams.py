"""Teams of any type: how many of each, who leads them, for which area, of how many units."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tab, Tabs, Tile
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.teams.kinds import TeamEnded, TeamFormed
from closeknit.measures.workforce.kinds import of_our_own
from closeknit.policy.packs import policy
from closeknit.registry.models import Member

FORM, SPLIT = Text("Form a team", "组建队伍"), Text("Split a unit into groups", "单位分组")
NONE = Empty(
    Text("No teams yet", "尚未组建队伍"),
    Text(
        "A commando team, a responsibility area, a temporary branch: name it, say its type and who belongs to it.",
        "突击队、责任区、临时党支部等：填写名称、类型和成员即可。",
    ),
    icon="users",
)


@dataclass(frozen=True)
class Team:
    """A team as said last."""

    event: Event
    area: str
    leader: str
    units: tuple[str, ...]
    ended: bool

    @property
    def name(self) -> str:
        return str(self.event.data["team"])

    @property
    def type(self) -> str:
        return str(self.event.data["type"])

    @property
    def size(self) -> int:
        return len(set(self.event.data.get("members", ())) | ({self.event.data["leader"]} if self.event.data.get("leader") else set()))

    @property
    def badge(self) -> Badge:
        return Badge(Text("ended", "已解散"), "quiet") if self.ended else Badge(Text("at work", "在岗履职"), "good")


def latest_teams(events: Iterable[Event], today: date) -> list[tuple[Event, bool]]:
    """Of each team, known by its name in its area, what was said last and whether it has ended; one that was never formed is none."""
    by_name: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=lambda event: event.order):
        by_name.setdefault((event.area, event.topic), []).append(event)
    made = []
    for steps in by_name.values():
        formed = [step for step in steps if step.kind == "deployment.team_formed"]
        if formed:
            until = formed[-1].data.get("until", "")[:10]
            made.append((formed[-1], steps[-1].kind == "deployment.team_ended" or bool(until and until < today.isoformat())))
    return made


def teams_of(area: str, today: date) -> list[Team]:
    """The teams of an area and of those below it; three statements."""
    said = latest_teams(in_area(standing(TeamFormed, TeamEnded), area).defer("personal", "digest"), today)
    codes = {code for event, _ in said for code in (*event.data.get("members", ()), event.data.get("leader", ""))}
    members = {row.code: row for row in Member.objects.current().filter(code__in=codes)}
    areas = Area.objects.names({event.area for event, _ in said})

    def team(event: Event, ended: bool) -> Team:
        units = {members[code].unit for code in event.data.get("members", ()) if code in members}
        leader = event.data.get("leader", "")
        name = members[leader].name if leader in members else leader
        return Team(event, areas.get(event.area, event.area), name, tuple(sorted(units - {""})), ended)

    return [team(event, ended) for event, ended in said]


LIST = Listing(
    columns=(
        Column("team", Text("Team", "队伍"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (row.ended, row.name), phone="end"),
        Column("type", Text("Type", "类型"), lambda row: row.type, sort=lambda row: (row.type, row.name)),
        Column("leader", Text("Leader", "负责人"), lambda row: row.leader or None, sort=lambda row: row.leader),
        Column("size", Text("People", "人数"), lambda row: row.size, sort=lambda row: row.size, number=True),
        Column("area", Text("For", "负责区域"), lambda row: row.area, sort=lambda row: (row.area, row.name)),
        Column("units", Text("Units", "成员单位"), lambda row: "、".join(row.units) or row.event.data.get("unit") or None),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("type", Text("Type", "类型"), where(lambda row, value: value == row.type), type="text"),
        Filter("mixed", Text("Mixed of several units", "仅看多单位混编"), where(lambda row, value: len(row.units) > 1), type="flag"),
        Filter("ended", Text("State", "状态"), where(lambda row, value: row.ended == (value == "ended")), standing="standing",
               choices=(("standing", Text("At work", "在岗履职")), ("ended", Text("Ended", "已解散")))),
    ),
    search=words_said(lambda row: (row.name, row.type, row.leader, row.area, *row.units)),
)  # fmt: skip


def teams(request: Request, area: str) -> HttpResponse:
    """The teams of an area, with how many of each type."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    every = teams_of(area, moment(request, pack).now.astimezone(pack.timezone).date())
    counts = Counter(team.type for team in every if not team.ended)
    tiles = [Tile(number, word, f"{request.path}?{urlencode({'type': word})}") for word, number in counts.most_common(8)]
    heading = Text("Teams: {area}", "{area} 队伍", area=row.name)
    listing = LIST if every else replace(LIST, filters=())  # where there is none, nothing is to be narrowed
    return listing.respond(
        request, every, template="teams/list.html", context={"tiles": tiles, "tabs": ways(area, "teams.teams")}, heading=heading,
        crumbs=links.above(request.account, row, "teams.teams"), actions=_actions(request, area),
    )  # fmt: skip


def ways(area: str, here: str) -> Tabs:
    """The two lists of how people are put together."""
    pages = (("teams.teams", Text("Teams", "队伍")), ("teams.pairings", Text("Pairings", "挂钩报到")))
    return Tabs([Tab(word, reverse(name, args=[area]), name == here) for name, word in pages])


def _actions(request: Request, area: str) -> list[Action]:
    if not can(request.account, "deployment.record"):
        return []
    back = urlencode({"area": area, "next": request.path})
    return [
        Action(SPLIT, reverse("teams.groups", args=[area]), "columns-3"),
        Action(FORM, f"{reverse('records.record', args=['deployment.team_formed'])}?{back}", "plus", primary=True),
    ]


def forms(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a team names somebody whom the account's area does not have."""
    of_our_own(account, entry.data.get("members", ()), "members")
    of_our_own(account, [entry.data.get("leader", "")], "leader")


guard("deployment.team_formed", forms)
