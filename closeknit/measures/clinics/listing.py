"""The medical institutions of an area: who did not pass fever visits up, who did not report, whose triage does not work."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.clinics import words
from closeknit.measures.clinics.rules import last_owed
from closeknit.measures.clinics.standing import Day, Institution, categories, institutions, not_passed_up, reported
from closeknit.policy.packs import Policy, policy
from closeknit.registry.reading.places import category

LEFT = Text("{n} not reported up", "{n} 人次未上报")
STATES = [
    ("left", Text("Fever visits not reported up", "发热就诊未上报")), ("missing", Text("Day not reported", "当日未报")),
    ("faulty", Text("Not in order", "存在问题")), ("late", Text("Check overdue", "逾期未查")),
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One institution with its last owed day, and all visits that were not passed up."""

    held: Institution
    area: str
    last: Day | None
    left: int

    @property
    def rank(self) -> tuple[Any, ...]:
        return (-self.left, self.last is not None, not self.held.faults, not self.held.late, self.held.place.code)

    @property
    def unknown(self) -> Badge | None:
        """How many visits nobody above knows of."""
        return Badge(LEFT.format(n=self.left), "bad") if self.left else None

    @property
    def report(self) -> Badge:
        return words.REPORTED if self.last else words.MISSING

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        known = {"left": self.left > 0, "missing": self.last is None, "faulty": bool(self.held.faults), "late": self.held.late}
        return known[state]


def lines(area: str, pack: Policy) -> tuple[str, list[Line]]:
    """The last owed day, and the institutions of an area."""
    now = clock.now()
    found = institutions(area, pack, now)
    day = last_owed(now, str(pack.get("clinics.report_by")), pack.timezone).isoformat()
    last = reported([each.place.code for each in found], [day], now)
    left: dict[str, int] = {}
    for (place, _), each in not_passed_up(area, now).items():
        left[place] = left.get(place, 0) + each.left
    names = Area.objects.names({each.place.area for each in found})
    made = [
        Line(each, names.get(each.place.area, each.place.area), last.get((each.place.code, day)), left.get(each.place.code, 0))
        for each in found
    ]
    return day, made


def _columns(day: str) -> tuple[Column, ...]:
    return (
        Column("name", Text("Institution", "医疗机构"), lambda row: row.held.place.name, sort=lambda row: row.held.place.name,
               link=lambda row: links.to("clinics.clinic", code=row.held.place.code), phone="title"),
        Column("left", Text("Not reported up", "发热未上报"), lambda row: row.unknown, sort=lambda row: row.rank, phone="end",
               export=lambda row: row.left),
        Column("report", Text("Report of {day}", "{day} 日报", day=day), lambda row: row.report),
        Column("visits", Text("Fever visits of that day", "当日发热就诊"), lambda row: row.last.visits if row.last else None, number=True),
        Column("state", Text("Check", "检查"), lambda row: words.badge(row.held)),
        Column("wrong", Text("What is wrong", "存在问题"), lambda row: words.in_words(row.held) or None, phone="wide"),
        Column("checked", Text("Last checked", "末次检查"), lambda row: row.held.check.at if row.held.check else None,
               sort=lambda row: (row.held.check is not None, row.held.check.at if row.held.check else 0)),
        Column("category", Text("Category", "类别"), lambda row: category(row.held.place.category),
               sort=lambda row: row.held.place.category),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: row.held.place.area),
        Column("code", Text("Code", "编号"), lambda row: row.held.place.code, sort=lambda row: row.held.place.code, hidden=True),
    )  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The institutions of an area; `?state=` left, missing, faulty, late."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    day, made = lines(area, pack)
    choices = [(code, category(code)) for code in categories(pack)]
    listing = Listing(
        columns=_columns(day),
        order="left",
        empty=words.NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda line, value: line.is_in(value)), choices=STATES),
            Filter("category", Text("Category", "类别"), where(lambda line, value: line.held.place.category == value), choices=choices),
        ) if made else (),
        search=words_said(lambda line: (line.held.place.name, line.held.place.code, line.area, *words.wrong(line.held))),
    )  # fmt: skip
    actions = []
    if can(request.account, "clinics.record") and made:
        way = f"{links.to('records.record', kind='clinics.day_reported')}?day={day}&next={request.path}"
        actions = [Action(Text("Report a day", "登记日报"), way, "plus", primary=True)]
    heading = Text("Medical institutions: {area}", "{area} 医疗机构", area=row.name)
    return listing.respond(request, made, heading=heading, crumbs=links.above(request.account, row, "clinics.list"), actions=actions)
