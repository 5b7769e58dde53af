"""The cases of an area, and the page that everybody may read."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.cases.standing import STATES, Case, cases, published
from closeknit.measures.cases.wording import SMALL

NONE = Empty(
    Text("No case yet", "暂无案例"),
    Text("Draft a case on an act's page; names, numbers and the shop are taken out.", "请在处置页面起草案例，姓名、号码、店名自动隐去。"),
    icon="report",
)  # fmt: skip


def _title(case: Case) -> str:
    return str(case.draft.told()["title"])


LISTING = Listing(
    columns=(
        Column("title", Text("Case", "案例"), _title, sort=_title, phone="title",
               link=lambda row: reverse("cases.case", args=[row.code])),
        Column("state", Text("State", "状态"), lambda row: Badge(*STATES[row.state]),
               sort=lambda row: (list(STATES).index(row.state), row.code), phone="end"),
        Column("drafted", Text("Drafted", "起草日期"), lambda row: localtime(row.first.at).date(), sort=lambda row: row.first.order),
        Column("changed", Text("Last step", "最近办理"), lambda row: row.steps[-1].at, sort=lambda row: row.steps[-1].order),
    ),
    order="-drafted",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: row.state == state),
               choices=[(state, word) for state, (word, _) in STATES.items()]),
    ),
    search=words_said(lambda row: (_title(row),)),
)  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The cases of an area."""
    row = Area.objects.current().get(code=area)
    public = Action(Text("What everybody reads", "公开页面"), reverse("cases.public", args=[area]), "world")
    return LISTING.respond(
        request, cases(area), heading=Text("Typical cases: {area}", "{area} 典型案例", area=row.name),
        crumbs=links.above(request.account, row, "cases.list"), actions=[public] if row.level not in SMALL else [],
    )  # fmt: skip


def public(request: Request, area: str) -> HttpResponse:
    """The published cases of a township or above; of a village none, for by its name one finds the shop."""
    row = Area.objects.current().filter(code=area).exclude(level__in=SMALL).first()
    if row is None:
        raise Http404
    heading = Text("Typical cases: {area}", "{area} 典型案例", area=row.name)
    return show(request, "cases/public.html", {"cases": published(area)}, heading=heading)
