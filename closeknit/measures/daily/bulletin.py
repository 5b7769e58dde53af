"""The bulletin as a page, and the archive of all that were sealed."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.console.evidence.asking import asked_day
from closeknit.console.evidence.figures import groups
from closeknit.console.lists.columns import Column, Filter
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.daily.asking import here
from closeknit.measures.daily.drawing import LABELS
from closeknit.measures.daily.papers import PDF
from closeknit.reports import closing
from closeknit.reports.models import Sealed
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.wording import SMALL, notes, paper


def between(rows: QuerySet[Sealed], days: tuple[str, str]) -> QuerySet[Sealed]:
    """The reports of the days from the one to the other; either may be open."""
    first, last = (asked_day(day) if day else None for day in days)
    rows = rows.filter(day__gte=first) if first else rows
    return rows.filter(day__lte=last) if last else rows


def bulletin(request: Request, area: str, day: str) -> HttpResponse:
    """The report of an area and a day: sealed, it is printed from what was stored and from nothing else."""
    report, sealed = closing.report_of(area, asked_day(day))
    worded, drawn = paper(report), groups(report, request.account)
    context = {
        "report": report,
        "sealed": sealed,
        "paper": worded,
        "groups": [group for group in drawn if not group.is_zero and group.name != "reports"],
        "zero": [group for group in drawn if group.is_zero and group.name != "reports"],
        "reporting": next((group for group in drawn if group.name == "reports"), None),
        "chat": plain(report),
        "notes": notes(report),
        "is_small": report.level in SMALL,
        "late_reports": [(unit, LABELS[unit.state]) for unit in report.late.reports] if report.late else [],
        "changes_url": reverse("daily.changed", args=[area, day]) if sealed else "",
    }
    parts = [area, day]
    actions = [
        Action(Text("Word document", "Word 文档"), reverse("daily.docx", args=parts), "download", primary=True),
        Action(PDF, reverse("daily.pdf", args=parts), "file-text"),
        Action(Text("Spreadsheet", "电子表格"), reverse("daily.xlsx", args=parts), "file-spreadsheet"),
        Action(Text("Plain text", "纯文本"), reverse("daily.text", args=parts), "file-text"),
    ]
    crumbs = [(Text("Reports of the day", "每日报送"), f"{reverse('daily.day', args=[area])}?day={day}")]
    return show(request, "daily/bulletin.html", context, heading=worded.title, crumbs=crumbs, actions=actions)


def archive(request: Request, area: str) -> HttpResponse:
    """Every sealed report of the area, the latest first."""
    heading = Text("{area}: sealed reports", "{area} 历史日报", area=here(area).name)
    return ARCHIVE.respond(request, Sealed.objects.filter(area=area).defer("content"), heading=heading)


def _page_of(held: Sealed) -> str:
    return reverse("daily.bulletin", args=[held.area, held.day.isoformat()])


ARCHIVE = Listing(
    columns=(
        Column("day", Text("Day", "日期"), lambda held: held.day, sort=("day",), link=_page_of, phone="title"),
        Column("as_of", Text("As of", "截止时间"), lambda held: held.ends_at, sort=("ends_at",)),
        Column("sealed", Text("Sealed at", "封存时间"), lambda held: held.sealed_at, sort=("sealed_at",)),
        Column("pack", Text("Policy pack", "政策包"), lambda held: f"{held.pack} · {held.pack_version}", sort=("pack", "pack_version")),
        Column("arrival", Text("Up to record no.", "截至记录号"), lambda held: held.arrival, number=True, hidden=True),
    ),
    order="-day",
    empty=Empty(
        Text("Nothing is sealed yet.", "尚无封存日报。"),
        Text("The first report seals itself at the cut-off.", "首期日报将在截止时间自动封存。"),
    ),
    filters=(Filter("days", Text("Day", "日期"), between, type="days"),),
)
