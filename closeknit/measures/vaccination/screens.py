"""Answers about vaccination at the door, where the pack asks for them, and doses given; by area."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign, Reach
from closeknit.console.evidence.links import evidence_url
from closeknit.console.lists.columns import Column, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Tile
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.doorknock.kinds import Booster
from closeknit.measures.vaccination.kinds import Given
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question

DOSES = Text("Doses given", "接种剂次")
UNASKED = Text("No answer yet", "尚未答复")
NONE = Empty(
    Text("No dose is recorded yet", "暂无接种登记"),
    Text("Doses are recorded person by person; they are counted here by area.", "逐人登记接种后，按地区统计。"),
    icon="vaccine",
)


@dataclass
class Line:
    """One area's part; `answers` counts households by their last answer, "" where there is none."""

    code: str
    name: str
    doses: int = 0
    answers: Counter[str] = field(default_factory=Counter)


def _answers(campaign: Campaign, area: str) -> list[tuple[str, str, int]]:
    """(area, answer, households) of the sweep; one statement for the register, one for those found."""
    said = Reach.objects.filter(campaign=campaign.code, code=OuterRef("code")).annotate(answer=KeyTextTransform("booster", "data"))
    rows = []
    for due in live.due(campaign, area):
        marked = due.annotate(answer=Subquery(said.values("answer")[:1], output_field=CharField()))
        rows += list(marked.values("area", "answer").annotate(number=Count("pk")).order_by().values_list("area", "answer", "number"))
    return [(code, answer or "", number) for code, answer, number in rows]


def _lines(area: Area, sweep: Campaign | None) -> tuple[Line, list[Line]]:
    below = {each.code: each for each in Area.objects.below(area.code)}
    total = Line(area.code, area.name)
    lines: dict[str, Line] = {}

    def at(lies_in: str) -> Line:
        code = below[lies_in].path.partition(f"/{area.code}/")[2].split("/")[0] or area.code
        return lines.setdefault(code, Line(code, below[code].name))

    for lies_in, answer, number in _answers(sweep, area.code) if sweep else ():
        for line in (total, at(lies_in)):
            line.answers[answer] += number
    for lies_in, number in in_area(standing(Given), area.code).values("area").annotate(number=Count("pk")).values_list("area", "number"):
        for line in (total, at(lies_in)):
            line.doses += number
    return total, list(lines.values())


def _answer_column(name: str, word: Text) -> Column:
    def number(row: Line) -> int:
        return row.answers[name if name != "unasked" else ""]

    return Column(name, word, number, sort=number, number=True)


def _listing(asks: bool) -> Listing:
    answers: list[tuple[str, Any]] = [*((each.value, each.label) for each in Booster), ("unasked", UNASKED)] if asks else []
    return Listing(
        columns=(
            Column("area", Text("Area", "地区"), lambda row: row.name, sort=lambda row: row.code, phone="title"),
            *(_answer_column(name, word) for name, word in answers),
            Column("doses", DOSES, lambda row: row.doses, sort=lambda row: row.doses, number=True),
        ),
        order="area",
        empty=NONE,
        search=words_said(lambda row: (row.name, row.code)),
    )


def answers(request: Request, area: str) -> HttpResponse:
    """Answers at the door and doses, by area. What the pack does not ask for is not shown."""
    row = Area.objects.current().get(code=area)
    asks = policy(area).has("booster")
    sweep = live.chosen(live.touching("doorknock", row)) if asks else None
    total, lines = _lines(row, sweep)
    behind = ""
    if sweep is not None and can(request.account, "reports.view"):
        behind = evidence_url(Question(area, sweep.starts_at, clock.now()), "vaccination.booster_agreed")
    urls = {Booster.AGREED: behind}
    tiles = [Tile(total.answers[each.value], each.label, urls.get(each, "")) for each in Booster] if asks else []
    context = {"tiles": [*tiles, Tile(total.doses, DOSES)], "asks": asks}
    actions = [Action(Text("Base numbers", "接种底数"), links.to("dueshots.numbers", area=area), "chart-bar")]
    if can(request.account, "vaccination.record"):
        back = urlencode({"area": area, "next": request.path})
        url = f"{reverse('records.record', args=['vaccination.given'])}?{back}"
        actions.append(Action(Text("Record a dose", "登记接种"), url, "vaccine", primary=True))
    heading = Text("Vaccination: {area}", "{area} 疫苗接种", area=row.name)
    crumbs = links.above(request.account, row, "vaccination.answers")
    return _listing(asks).respond(
        request, lines, template="vaccination/answers.html", context=context, heading=heading, crumbs=crumbs, actions=actions
    )
