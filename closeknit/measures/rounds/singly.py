"""Who must be sampled alone: the people of a pool whose result is not negative."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.rounds.again import Again, to_sample_singly
from closeknit.measures.rounds.words import RESULTS, TONES

NOBODY = Empty(
    Text("Nobody waits for a single sample", "暂无需单采复核人员"),
    Text(
        "When a pool comes back positive, doubtful or void its people stand here until each is sampled alone.",
        "混采管结果为阳性、可疑或无效时，管内人员列于此处，逐一单采后移出。",
    ),
    icon="circle-check",
)


@dataclass(frozen=True)
class Line:
    """One person's row."""

    again: Again
    area: str
    called: Called | None
    sample: str

    @property
    def name(self) -> Text | str:
        return (self.called.name if self.called else "") or names.code_words(self.again.person)

    @property
    def badge(self) -> Badge:
        return Badge(RESULTS[self.again.result], TONES[self.again.result])

    @property
    def action(self) -> Action | str:
        return Action(Text("Sample alone", "登记单采"), self.sample, "test-pipe") if self.sample else ""


def _dressed(request: Request, found: list[Again]) -> list[Line]:
    called = names.of("person", [each.person for each in found], full=names.in_full(request.account, "testing.record"))
    areas = Area.objects.names({each.area for each in found})
    form = links.to("records.record", kind="testing.sampled") if can(request.account, "testing.record") else ""
    lines = []
    for each in found:
        query = {"person": each.person, "area": each.area, "pool": "1", "round": each.round, "next": request.get_full_path()}
        lines.append(Line(each, areas.get(each.area, each.area), called.get(each.person), f"{form}?{urlencode(query)}" if form else ""))
    return lines


def singly(request: Request, area: str) -> HttpResponse:
    """The people of an area who are to be sampled alone; who is shown is written to the trail."""
    row = Area.objects.current().get(code=area)
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.name, phone="title",
                   link=lambda line: links.to("register.person", code=line.again.person)),
            Column("result", Text("Pool's result", "混采结果"), lambda line: line.badge, phone="end"),
            Column("since", Text("Since", "结果时间"), lambda line: line.again.since.at, lambda again: again.since.at),
            Column("tube", Text("Tube", "采样管"), lambda line: line.again.tube, lambda again: again.tube,
                   link=lambda line: links.to("tubes.tube", code=line.again.tube)),
            Column("address", Text("Address", "住址"), lambda line: line.called.address if line.called else "", phone="wide"),
            Column("area", Text("Area", "地区"), lambda line: line.area, lambda again: again.area),
            Column("next", Text("Next", "下一步"), lambda line: line.action, export=lambda line: "", phone="wide"),
        ),
        order="-since",
        empty=NOBODY,
        filters=(Filter("result", Text("Result", "结果"), where(lambda again, value: again.result == value),
                        choices=[pair for pair in RESULTS.items() if pair[0] != "negative"]),),
        search=words_said(lambda again: (again.tube, again.person, again.round)),
        search_label=Text("Tube, code of the person, round", "管号、人员编号、轮次"),
        codes=lambda line: [line.again.person],
        dress=lambda found: _dressed(request, found),
    )  # fmt: skip
    found: list[Any] = to_sample_singly(area)
    heading = Text("To be sampled singly: {area}", "{area} 需单采复核", area=row.name)
    crumbs = [*links.above(request.account, row, "rounds.singly"), (row.name, links.to("rounds.coverage", area=area))]
    return listing.respond(request, found, heading=heading, crumbs=crumbs)
