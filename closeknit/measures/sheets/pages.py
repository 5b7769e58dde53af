"""A sheet as it is printed: twenty rows on A4, a code each, boxes to tick and lines to write on."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.console.page import show
from closeknit.console.parts import Action
from closeknit.console.records import links, names
from closeknit.console.records.cells import Cell, cells
from closeknit.console.records.names import Called
from closeknit.console.records.screens import kind_for, permission
from closeknit.console.screens import Request
from closeknit.kit.ids import printed
from closeknit.kit.text import Text
from closeknit.measures.sheets.lists import SHEETS
from closeknit.paper.codes import scannable
from closeknit.paper.models import Row, Sheet
from closeknit.paper.printing import known_answers
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

ROOM, WHO = 254, 58  # millimetres of a line of A4 for the fields and whom it is about, beside the number and the time
LETTERS = {"household": "H", "person": "P", "place": "V"}
PURPOSE = "paper"
WHOM = {
    "household": Text("Household", "户"),
    "person": Text("Person", "人员"),
    "place": Text("Place", "场所"),
    "member": Text("Worker", "工作人员"),
}


@dataclass(frozen=True)
class Line:
    """One row on paper."""

    row: Row
    called: Called | None
    picture: SafeString

    @property
    def code(self) -> Text | str:
        return names.code_words(self.row.code)


@dataclass(frozen=True)
class Page:
    """One sheet on paper."""

    sheet: Sheet
    of: int
    lines: list[Line]
    columns: list[Cell]
    picture: SafeString

    @property
    def in_numbers(self) -> list[Cell]:
        """The fields whose choices are written as numbers: their words stand at the foot."""
        return [each for each in self.columns if each.in_numbers]


def area_of(code: str) -> str | None:
    """The area of a sheet, by which the gate decides."""
    return Sheet.objects.filter(code=code).values_list("area", flat=True).first()


def paper(request: Request, code: str) -> HttpResponse:
    """The sheet; with `?run=1` all that were printed together with it."""
    sheet = Sheet.objects.filter(code=code).first()
    if sheet is None:
        raise Http404
    kind = kind_for(request.account, sheet.kind, "view")
    together = Sheet.objects.filter(run=sheet.run).order_by("number")
    wanted = list(together) if request.GET.get("run") else [sheet]
    rows = list(Row.objects.filter(sheet__in=wanted).order_by("number"))
    full = names.in_full(request.account, permission(kind, "record"))
    people = names.of(sheet.about, {row.code for row in rows if row.listed}, full=full)
    columns = cells(kind, policy(sheet.area), without=known_answers(sheet, kind), room=ROOM - (WHO if sheet.about else 0))
    count = together.count()
    pages = [_page(each, rows, people, columns, count) for each in wanted]
    trail.read(
        request.account, request.screen.name, [row.code for row in rows if row.listed], what=sheet.about, purpose=PURPOSE, path=request.path
    )
    context = {"kind": kind, "pages": pages, "whom": WHOM.get(sheet.about, ""), **_heading(sheet)}
    entry = links.to("sheetentry.sheet", code=code)
    actions = [Action(Text("Enter what came back", "录入"), entry, "keyboard")] if entry else []
    crumbs = [(SHEETS, reverse("sheets.list"))]
    return show(request, "sheets/paper.html", context, heading=kind.label, crumbs=crumbs, actions=actions)


def _heading(sheet: Sheet) -> dict[str, object]:
    return {
        "area": Area.objects.current().filter(code=sheet.area).first(),
        "campaign": Campaign.objects.current().filter(code=sheet.campaign).first() if sheet.campaign else None,
        "member": names.members([sheet.member]).get(sheet.member, "") if sheet.member else "",
        "place": Place.objects.current().filter(code=sheet.place).first() if sheet.place else None,
    }


def _page(sheet: Sheet, rows: Iterable[Row], people: dict[str, Called], columns: list[Cell], count: int) -> Page:
    lines = [
        Line(row, people.get(row.code), _code(sheet.about, row.code)) if row.listed else Line(row, None, SafeString())
        for row in rows
        if row.sheet_id == sheet.code
    ]
    return Page(sheet, count, lines, columns, _square(scannable(sheet.code)))


def _code(about: str, code: str) -> SafeString:
    """The row's square of dots; none for who was found, whose code nobody reads."""
    return _square(printed(LETTERS[about], code)) if about in LETTERS and ":" not in code else SafeString()


def _square(text: str) -> SafeString:
    return mark_safe(segno.make(text, error="m", micro=False, boost_error=False).svg_inline(border=2, omitsize=True))  # noqa: S308
