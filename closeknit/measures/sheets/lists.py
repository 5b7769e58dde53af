"""The sheets that were printed: which are out, how far they were entered, which are overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.manifest import Hit
from closeknit.console.parts import Action, Badge, Empty, Progress
from closeknit.console.records import links, names
from closeknit.console.records.screens import permission
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.paper import codes
from closeknit.paper.models import Sheet
from closeknit.paper.standing import progress_of
from closeknit.policy.packs import policy
from closeknit.registry.models import Member

SHEETS, SHEET = Text("Sheets on paper", "纸质表"), Text("Sheet", "纸质表")
OUT, LATE = Badge(Text("out", "使用中"), "info", "file-text"), Badge(Text("overdue", "逾期未录"), "bad", "clock")
DONE = Badge(Text("entered", "已录完"), "good")
DAMAGED = Text("{code} is no sheet: a sign is wrong. Look at the paper again.", "没有 {code} 这张表：有字符录错，请核对纸面。")
NONE_SUCH = Text("There is no sheet {code} in your area.", "辖区内没有 {code} 这张表。")
STATES = (("open", Text("Not entered yet", "未录完")), ("late", Text("Overdue", "逾期未录")), ("done", Text("Entered", "已录完")))


@dataclass(frozen=True)
class Line:
    """One sheet in the list."""

    sheet: Sheet
    area: str
    member: str
    progress: Progress

    @property
    def url(self) -> str:
        return links.to("sheetentry.sheet", code=self.sheet.code) or links.to("sheets.paper", code=self.sheet.code)

    @property
    def state(self) -> Badge:
        return DONE if self.sheet.done_at else LATE if self.sheet.printed_at < _overdue_before() else OUT


def _overdue_before() -> datetime:
    """Sheets that were printed before then and are not entered are overdue."""
    return clock.now() - timedelta(hours=policy().get("paper.overdue_after_h", 24))


def of_account(account: Account) -> QuerySet[Sheet]:
    """The sheets of an account's scope, of the kinds that it may see."""
    wanted = [kind.name for kind in kinds().values() if can(account, permission(kind, "view"))]
    return visible(Sheet.objects.filter(kind__in=wanted), account)


def _dressed(page: list[Sheet]) -> list[Line]:
    areas = Area.objects.names({each.area for each in page})
    people, far = names.members({each.member for each in page} - {""}), progress_of(page)
    return [
        Line(
            each, areas.get(each.area, each.area), people.get(each.member, each.member),
            Progress(far[each.code].entered, far[each.code].awaited),
        )
        for each in page
    ]  # fmt: skip


def _in_state(rows: Any, state: str) -> Any:
    if state == "late":
        return rows.filter(done_at=None, printed_at__lt=_overdue_before())
    return rows.filter(done_at__isnull=state == "open")


def _of_days(rows: Any, days: tuple[str, str]) -> Any:
    bounds = {"day__gte": days[0], "day__lte": days[1]}
    return rows.filter(**{name: day for name, day in bounds.items() if day})


def _said(rows: Any, words: str) -> Any:
    members = Member.objects.current().filter(name__icontains=words).values("code")
    code = codes.read(words) or words.replace("-", "").upper()
    return rows.filter(Q(code__startswith=code) | Q(member=words) | Q(member__in=members))


def _kinds() -> list[tuple[str, Text]]:
    used = set(Sheet.objects.values_list("kind", flat=True).distinct())
    return [(kind.name, kind.label) for kind in kinds().values() if kind.name in used]


LIST = Listing(
    columns=(
        Column("code", Text("Sheet", "表号"), lambda line: str(line.sheet), ("code",), lambda line: line.url, phone="title"),
        Column("kind", Text("What", "登记类型"), lambda line: kinds()[line.sheet.kind].label, ("kind", "-printed_at"), phone="wide"),
        Column("area", Text("Area", "地区"), lambda line: line.area, ("area", "-printed_at")),
        Column("member", Text("Taken out by", "领表人"), lambda line: line.member, ("member", "-printed_at")),
        Column("day", Text("For the day", "使用日期"), lambda line: line.sheet.day, ("day", "code")),
        Column("at", Text("Printed", "打印时间"), lambda line: line.sheet.printed_at, ("printed_at", "-number")),
        Column("by", Text("Printed by", "打印人"), lambda line: line.sheet.printed_by, ("printed_by", "-printed_at"), hidden=True),
        Column("entered", Text("Rows entered", "已录行数"), lambda line: line.progress, phone="wide"),
        Column("state", Text("State", "状态"), lambda line: line.state, phone="end", export=lambda line: line.state.label),
    ),
    order="-at",
    empty=Empty(
        Text("No sheet was printed yet", "尚未打印纸质表"),
        Text("Who has no phone takes a sheet out; what comes back is entered here.", "没有手机的工作人员持纸质表工作，收回后在此录入。"),
        icon="printer",
    ),
    filters=(
        Filter("state", Text("State", "状态"), _in_state, choices=STATES, standing="open"),
        Filter("kind", Text("What", "登记类型"), equals("kind"), choices=_kinds),
        Filter("days", Text("For the day", "使用日期"), _of_days, "days"),
    ),
    search=_said,
    search_label=Text("Code of the sheet (type or scan), or who took it", "表号（可用扫描枪）或领表人"),
    dress=_dressed,
)  # fmt: skip


def sheets(request: Request) -> HttpResponse:
    """The list; the code of a sheet in the search field leads straight to it."""
    rows = of_account(request.account)
    code = codes.read(request.GET.get("q", ""))
    if code and rows.filter(code=code).exists():
        sheet = rows.get(code=code)
        return redirect(links.to("sheetentry.sheet", code=sheet.code) or reverse("sheets.paper", args=[sheet.code]))
    if code:
        tell(request, (NONE_SUCH if codes.is_sound(code) else DAMAGED).format(code=code), tone="watch")
    actions = [Action(Text("Print sheets", "打印纸质表"), reverse("sheets.print"), "printer", primary=True)]
    return LIST.respond(request, rows, actions=actions)


def found(account: Account, words: str) -> list[Hit]:
    """The sheet of a code, for the search box."""
    code = codes.read(words)
    sheet = of_account(account).filter(code=code).first() if code and can(account, "sheets.view") else None
    if sheet is None:
        return []
    url = links.to("sheetentry.sheet", code=code) or links.to("sheets.paper", code=code)
    return [Hit(str(sheet), url, SHEET, kinds()[sheet.kind].label)]
