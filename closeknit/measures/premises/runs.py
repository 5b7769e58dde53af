"""The runs of an area: when, announced or not, with whom, how many premises, what was found and ordered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.inspections.kinds import Manner, Premises, premises

MANNERS = {each.value: each.label for each in Manner}
CHOICES = [*MANNERS.items(), ("accompanied", Text("Accompanied", "联合或陪同"))]
NONE = Empty(
    Text("No inspection yet", "暂无检查"),
    Text("Open a place and record its inspection: what bears one name is one run.", "打开场所登记检查，同名的检查为一个批次。"),
    icon="route",
)  # fmt: skip


@dataclass
class Run:
    """One run."""

    name: str
    first: datetime
    manners: set[str] = field(default_factory=set)
    with_whom: list[str] = field(default_factory=list)
    members: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    findings: int = 0
    acts: int = 0

    @property
    def manner(self) -> str:
        return "、".join(str(MANNERS[each]) for each in sorted(self.manners))


def runs(held: Iterable[Premises]) -> list[Run]:
    """The runs that came to these premises."""
    made: dict[str, Run] = {}
    for each in held:
        for visit in each.visits:
            run = made.setdefault(str(visit.data["run"]).strip(), Run(str(visit.data["run"]).strip(), visit.at))
            run.first = min(run.first, visit.at)
            run.members.add(visit.member)
            run.places.add(each.place)
            run.manners |= {visit.data["manner"]} if visit.data.get("manner") else set()
            run.with_whom += [name for name in visit.data.get("accompanied_by", ()) if name not in run.with_whom]
        for finding in each.findings:
            made[finding.run].findings += 1
        for act in each.acts.values():
            made[act.run].acts += 1
    return list(made.values())


def _manner(run: Run, chosen: str) -> bool:
    return bool(run.with_whom) if chosen == "accompanied" else chosen in run.manners


def listing(who: dict[str, str]) -> Listing:
    """The list; `who` gives members their names."""
    return Listing(
        columns=(
            Column("name", Text("Run", "检查批次"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
            Column("first", Text("First day", "开始日期"), lambda row: localtime(row.first).date(), sort=lambda row: (row.first, row.name),
                   phone="end"),
            Column("manner", Text("Announced or not", "检查方式"), lambda row: row.manner or None, sort=lambda row: row.manner),
            Column("with", Text("Accompanied by", "陪同检查单位"), lambda row: "、".join(row.with_whom) or None),
            Column("members", Text("Inspected by", "检查人"), lambda row: "、".join(sorted(who.get(each, each) for each in row.members))),
            Column("places", Text("Premises", "检查场所"), lambda row: len(row.places), number=True, sort=lambda row: len(row.places)),
            Column("findings", Text("Findings", "发现问题"), lambda row: row.findings, number=True, sort=lambda row: row.findings),
            Column("acts", Text("Acts", "处置"), lambda row: row.acts, number=True, sort=lambda row: row.acts),
        ),
        order="-first",
        empty=NONE,
        filters=(
            Filter("manner", Text("Announced or not", "检查方式"), where(_manner), choices=CHOICES),
        ),
        search=words_said(lambda row: (row.name, *row.with_whom)),
    )  # fmt: skip


def page(request: Request, area: str) -> HttpResponse:
    """The runs over an area's premises, the latest first."""
    row = Area.objects.current().get(code=area)
    made = runs(premises(area).values())
    who = names.members({member for run in made for member in run.members})
    crumbs = [*links.above(request.account, row, "inspections.runs"), (row.name, reverse("inspections.places", args=[area]))]
    actions = [Action(Text("Premises", "检查场所"), reverse("inspections.places", args=[area]), "building-store")]
    return listing(who).respond(request, made, heading=Text("Runs: {area}", "{area} 检查批次", area=row.name), crumbs=crumbs,
                                      actions=actions)  # fmt: skip
