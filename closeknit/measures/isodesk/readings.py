"""The morning's or evening's readings of many at once: a sheet of rooms and homes, a row a person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.isodesk.people import Line, people
from closeknit.measures.isolation.kinds import Period, period_of
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

SAVED = Text("{n} reading{n:s} noted.", "已登记 {n} 条监测。")
NUMBER = Text("A temperature is a number from 30 to 45, such as 36.6.", "体温应为 30 至 45 之间的数字，如 36.6。")
SEPARATORS = str.maketrans("，、；,;", "     ")


@dataclass(frozen=True)
class Asked:
    """A row of the sheet: who, what was read today, what was typed and what is wrong with it."""

    line: Line
    event: UUID
    temperature: str = ""
    symptoms: str = ""
    error: Text | None = None


def sheet(request: Request, area: str) -> HttpResponse:
    """The sheet of an area or one of its sites; what was typed is saved row by row, and none stops another."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    period = period_of(request.POST.get("period", request.GET.get("period", "")), now, pack.timezone)
    found = [each for each in people(request.account, area, pack, now) if "under" in each.states]
    found.sort(key=lambda each: (each.where, each.stay.home, each.stay.person))
    trail.read(request.account, request.screen.name, [each.stay.person for each in found], path=request.path)
    may_record = can(request.account, "isolation.record")
    rows = [Asked(each, uuid7()) for each in found]
    if request.method == "POST" and may_record:
        rows, saved = _saved(request, found, period, area)
        if saved:
            tell(request, SAVED.format(n=saved))
        if not any(each.error for each in rows):
            return redirect(request.path)
    wrong = any(each.error for each in rows)
    context = {
        "rows": [each for each in rows if each.error or period not in each.line.readings], "period": period, "periods": list(Period),
        "done": [each.line for each in rows if not each.error and period in each.line.readings], "may_record": may_record, "area": row,
    }  # fmt: skip
    crumbs = [*links.above(request.account, row, "isolation.readings"), (row.name, links.to("isolation.desk", area=area))]
    heading = Text("Readings: {area}", "{area} 健康监测", area=row.name)
    return show(request, "isodesk/readings.html", context, heading=heading, crumbs=crumbs, status=422 if wrong else 200)


def _saved(request: Request, found: list[Line], period: str, area: str) -> tuple[list[Asked], int]:
    """Records the rows in which something was typed; the rows again with what is wrong, and how many were recorded."""
    areas = dict(Place.objects.current().filter(code__in={each.stay.place for each in found}).values_list("code", "area"))
    rows, entries = [], {}
    for number, line in enumerate(found):
        asked = _typed(request.POST, line)
        rows.append(asked)
        data = _data(asked, period)
        if isinstance(data, Text):
            rows[number] = Asked(line, asked.event, asked.temperature, asked.symptoms, data)
        elif data:
            stay = line.stay
            references = {"person": stay.person, "place": stay.place}
            entries[number] = Entry(asked.event, "isolation.checked", areas.get(stay.place) or stay.home or area, data, references)
    outcomes = save_many(request.account, list(entries.values()), by=author(request.account))
    for number, outcome in zip(entries, outcomes, strict=True):
        if isinstance(outcome, Invalid):
            asked = rows[number]
            rows[number] = Asked(asked.line, asked.event, asked.temperature, asked.symptoms, outcome.text)
    return rows, sum(not isinstance(each, Invalid) for each in outcomes)


def _typed(posted: QueryDict, line: Line) -> Asked:
    code = line.stay.person
    event = carried_id(posted, f"event-{code}")
    return Asked(line, event, posted.get(f"t-{code}", "").strip()[:20], posted.get(f"s-{code}", "").strip()[:200])


def _data(asked: Asked, period: str) -> dict[str, Any] | Text:
    if not asked.temperature and not asked.symptoms:
        return {}
    data: dict[str, Any] = {"period": period, "symptoms": asked.symptoms.translate(SEPARATORS).split()}
    if asked.temperature:
        try:
            data["temperature"] = float(asked.temperature)
        except ValueError:
            return NUMBER
        if not 30 <= data["temperature"] <= 45:
            return NUMBER
    return data
