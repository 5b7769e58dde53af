"""Splitting a unit's people into small groups, each with a leader: a suggestion that is edited, then recorded as teams."""

from dataclasses import dataclass
from uuid import uuid5

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import carried_id
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.teams.rules import split, wrong_groups
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Member

MOST = 400
SUGGEST = (
    FormField(
        "unit", Text("Unit", "单位"), required=True, maximum=100, help=Text("As in the list of members.", "与人员名单中的单位一致。")
    ),
    FormField("groups", Text("Number of groups", "组数"), "integer", required=True, minimum=1, maximum=200),
)
NOBODY = Text("No worker of your area belongs to this unit. See the list of members.", "辖区内无此单位人员。可查人员名单。")
LEADER = Text("Group {n} needs exactly one leader.", "第 {n} 组须有且仅有一名组长。")
DONE = Text("{n} group{n:s} recorded as teams.", "已组建 {n} 个小组。")
NAME, TYPE = "{unit}第{n}组", "小组"


@dataclass(frozen=True)
class Row:
    """A member with the group that is suggested or was chosen; group 0 leaves somebody out."""

    code: str
    name: str
    role: Text | str
    area: str
    group: int
    leads: bool


def groups(request: Request, area: str) -> HttpResponse:
    """Asks for unit and number of groups, shows the suggestion, records what it was made into."""
    row = Area.objects.current().get(code=area)
    asked = Form(SUGGEST, request.GET if "unit" in request.GET else None)
    rows: list[Row] = []
    if asked.valid():
        unit = asked.values["unit"]
        members = visible(Member.objects.current().filter(unit=unit), request.account).order_by("area", "code")[:MOST]
        rows = _suggested(list(members), asked.values["groups"])
        if not rows:
            asked.refuse("unit", NOBODY)
    notices: list[Notice] = []
    if request.method == "POST" and rows:
        rows = [_chosen(each, request.POST) for each in rows]
        wrong = _record(request, area, asked.values["unit"], rows)
        if wrong is None:
            return redirect(reverse("teams.teams", args=[area]))
        notices.append(Notice(wrong, "bad"))
    context = {"form": asked, "rows": rows, "notices": notices, "event": carried_id(request.POST)}
    crumbs = [*links.above(request.account, row, "teams.teams"), (row.name, reverse("teams.teams", args=[area]))]
    return show(request, "teams/groups.html", context, crumbs=crumbs, status=422 if notices or asked.errors else 200)


def _suggested(members: list[Member], number: int) -> list[Row]:
    known = {row.code: row for row in members}
    areas = Area.objects.names({row.area for row in members})
    parts = split(((row.code, row.area, row.role) for row in members), number) if members else []
    return [
        Row(code, known[code].name, role_words(known[code].role), areas.get(known[code].area, known[code].area), group, place == 0)
        for group, part in enumerate(parts, 1)
        for place, code in enumerate(part)
    ]


def _chosen(row: Row, posted: QueryDict) -> Row:
    typed = posted.get(f"group-{row.code}", "")
    group = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    return Row(row.code, row.name, row.role, row.area, group, row.code in posted.getlist("leader"))


def _record(request: Request, area: str, unit: str, rows: list[Row]) -> Text | None:
    """Records the groups as teams, all or none; what must change before."""
    by_group: dict[int, list[str]] = {}
    for row in rows:
        if row.group:
            by_group.setdefault(row.group, []).append(row.code)
    leaders = [row.code for row in rows if row.leads and row.group]
    wrong = wrong_groups(by_group, leaders)
    if wrong is not None or not by_group:
        return LEADER.format(n=wrong or 1)
    form = carried_id(request.POST)
    entries = []
    for number, codes in sorted(by_group.items()):
        leader = next(code for code in codes if code in leaders)
        data = {"team": NAME.format(unit=unit[:60], n=number), "type": TYPE, "leader": leader, "members": codes, "unit": unit}
        entries.append(Entry(uuid5(form, str(number)), "deployment.team_formed", area, data))
    refused = next((each for each in save_many(request.account, entries, by=author(request.account)) if isinstance(each, Invalid)), None)
    if refused is None:
        tell(request, DONE.format(n=len(entries)))
    return refused.text if refused else None
