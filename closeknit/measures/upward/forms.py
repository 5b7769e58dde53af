"""The forms that are demanded: the list, bringing one, its page with what would be written, filling it in one press."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.console.evidence.asking import asked_day
from closeknit.console.lists.columns import Column, Filter, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.upward import actions
from closeknit.measures.upward.kinds import Filled
from closeknit.measures.upward.models import Form
from closeknit.reports import closing
from closeknit.reports.forms import books
from closeknit.reports.forms.grid import grid
from closeknit.reports.forms.values import Day
from closeknit.reports.windows import day_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING = Text("Forms of upper levels", "上级报表")
BRING = Text("Bring a form", "上传报表")
NONE = Empty(
    Text("No form was brought yet", "尚未上传报表"),
    Text(
        "Bring the spreadsheet that is demanded of you, say once what each cell holds, and fill it every day in one press.",
        "上传上级要求填报的表格，一次指定各单元格内容，以后每天一键填报。",
    ),
    icon="file-spreadsheet",
)
KNOWN = Text("Known by its headings: this is the new file of “{name}”.", "按表头识别：这是“{name}”的新文件。")
NEW = Text("Taken. Now say what its cells hold.", "已接收。请指定各单元格的内容。")
EMPTIED = Text("These cells held numbers of persons and were emptied: {cells}.", "以下单元格含个人号码，已清空：{cells}。")
LIVE = Text("This day is not sealed: the figures are those of now and may still change.", "当日尚未封存：数据为实时数据，仍可能变化。")
SEALED = Text("From the sealed report of this day.", "依据当日封存日报。")
YELLOW = Text(
    "Not known, left empty and yellow: {n}. Look at the rows' names, or at what the cell holds.",
    "{n} 格无数据，留空标黄。请核对行名称或单元格设置。",
)


def area_of(form: UUID) -> str | None:
    """Where a form belongs; None where there is none."""
    found: str | None = Form.objects.filter(id=form, retired_at=None).values_list("area", flat=True).first()
    return found


def one(form: UUID) -> Form:
    """The form, which the gate has found in the reader's scope."""
    return Form.objects.get(id=form)


def forms(request: Request) -> HttpResponse:
    """All forms of the reader's scope."""
    held = list(visible(Form.objects.filter(retired_at=None).defer("content"), request.account).order_by("name"))
    codes = [str(each.id) for each in held]
    latest = {event.topic: event for event in standing(Filled).filter(topic__in=codes).order_by("received_at", "arrival")}
    areas = Area.objects.names({each.area for each in held})
    rows = [(each, areas.get(each.area, each.area), latest.get(str(each.id))) for each in held]
    may_fill = can(request.account, "reports.record") and can(request.account, "exports.record")
    heads = [Action(BRING, reverse("upward.bring"), "upload", primary=True)] if can(request.account, "reports.manage") else []
    return _listing(may_fill).respond(request, rows, actions=heads)


def _listing(may_fill: bool) -> Listing:
    columns = [
        Column("name", Text("Form", "报表"), lambda row: row[0].name, sort=lambda row: row[0].name, phone="title",
               link=lambda row: reverse("upward.form", args=[row[0].id])),
        Column("area", Text("Area", "地区"), lambda row: row[1], sort=lambda row: row[0].area),
        Column("last", Text("Last filled for", "最近填报日期"), lambda row: row[2].data["day"] if row[2] else None,
               sort=lambda row: row[2].data["day"] if row[2] else ""),
        Column("brought", Text("File brought", "文件上传时间"), lambda row: row[0].brought_at, sort=lambda row: row[0].brought_at),
        Column("file", Text("File", "文件"), lambda row: row[0].file, hidden=True),
    ]  # fmt: skip
    fill = Column("fill", "", lambda row: Action(Text("Fill", "填报"), reverse("upward.fill", args=[row[0].id]), "download", method="post"))
    return Listing(
        [*columns, fill] if may_fill else columns,
        order="name",
        empty=NONE,
        search=words_said(lambda row: (row[0].name, row[1], row[0].file)),
    )


def bring(request: Request, form: UUID | None = None) -> HttpResponse:
    """Takes a file in: a form's new one, where one is named."""
    held = one(form) if form else None
    problem = None
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        problem = Notice(Text("Choose a file.", "请选择文件。"), "bad")
    elif file is not None:
        try:
            content = file.read(books.LARGEST + 1)
            name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1]
            area = held.area if held else request.account.area
            done = actions.bring(content=content, file=name, area=area, by=author(request.account), form=held)
        except books.Unfit as unfit:
            problem = Notice(unfit.text, "bad", Text("Not taken.", "未接收。"))
        else:
            return _told(request, done)
    crumbs = [(HEADING, reverse("upward.list")), *([(held.name, reverse("upward.form", args=[held.id]))] if held else [])]
    return show(request, "upward/bring.html", {"problem": problem}, crumbs=crumbs, status=422 if problem else 200)


def _told(request: Request, done: actions.Brought) -> HttpResponse:
    tell(request, KNOWN.format(name=done.form.name) if done.known else NEW)
    if done.emptied:
        tell(request, EMPTIED.format(cells=", ".join(done.emptied[:20])), tone="watch")
    if done.left_behind:
        tell(request, books.PICTURES.format(names=", ".join(done.left_behind[:10])), tone="watch")
    return redirect("upward.form" if done.known else "upward.cells", form=done.form.id)


HISTORY = Listing(
    columns=(
        Column("at", Text("Filled at", "填报时间"), lambda row: row[0].at, sort=lambda row: row[0].at, phone="title"),
        Column("day", Text("For the day", "报表日期"), lambda row: row[0].data["day"], sort=lambda row: row[0].data["day"]),
        Column("who", Text("By", "填报人"), lambda row: row[1]),
        Column("sealed", Text("From", "数据依据"), lambda row: _source(row[0])),
        Column("arrival", Text("Up to record no.", "截至记录号"), lambda row: row[0].data.get("arrival"), number=True),
        Column("cells", Text("Cells filled", "已填格数"), lambda row: row[0].data.get("cells", 0), number=True),
        Column("unknown", Text("Left yellow", "标黄格数"), lambda row: row[0].data.get("unknown", 0), number=True),
        Column("lost", Text("Not found", "未找到"), lambda row: row[0].data.get("lost", 0), number=True),
    ),
    order="-at",
    empty=Empty(Text("Not filled yet.", "尚未填报。")),
    filters=(
        Filter("days", Text("Day", "日期"), lambda rows, days: [row for row in rows if _between(row[0].data["day"], days)], type="days"),
    ),
    search=words_said(lambda row: (row[1], row[0].data["day"])),
)


def _between(day: str, days: tuple[str, str]) -> bool:
    return (days[0] or day) <= day <= (days[1] or day)


def _source(event: Event) -> Badge:
    return (
        Badge(Text("sealed report", "封存日报"), "good", "lock") if event.data.get("sealed") else Badge(Text("live", "实时数据"), "watch")
    )


def page(request: Request, form: UUID) -> HttpResponse:
    """A form with what would be written on a day, the press that fills it, and its history."""
    held = one(form)
    on = _day(request.GET.get("day", ""), held)
    closing.sealed_by_now(held.area, on)
    day, book = Day(held.area, on, request.account.shown_name), held.book()
    plan = actions.plan_of(held, book, day)
    notices = [Notice(SEALED, "good") if day.is_sealed else Notice(LIVE, "watch")]
    notices += [Notice(text, "bad") for text in plan.lost]
    notices += [Notice(YELLOW.format(n=len(plan.unknown)), "watch")] if plan.unknown else []
    events = list(standing(Filled).filter(topic=str(held.id)))
    who = names.members({event.member for event in events})
    manages = can(request.account, "reports.manage")
    context = {
        "form": held,
        "day": on.isoformat(),
        "notices": notices if plan.puts or plan.lost else [],
        "nothing": None if plan.puts or plan.lost else _nothing(held, manages),
        "sheets": [(sheet.title, grid(sheet, plan.puts, {})) for sheet in books.seen(book)],
        "may_fill": can(request.account, "reports.record") and can(request.account, "exports.record") and bool(plan.puts),
    }
    return HISTORY.respond(
        request, [(event, who.get(event.member, event.member)) for event in events], template="upward/form.html", context=context,
        heading=held.name, crumbs=[(HEADING, reverse("upward.list"))], actions=_actions(held) if manages else [],
    )  # fmt: skip


def _nothing(held: Form, manages: bool) -> Empty:
    said = Action(Text("Say what the cells hold", "指定单元格内容"), reverse("upward.cells", args=[held.id]), "pencil", primary=True)
    words = Text("Nothing is said of its cells yet.", "尚未指定单元格内容。")
    return Empty(words, action=said if manages else None, icon="file-spreadsheet")


def _actions(held: Form) -> list[Action]:
    sure = Text("Take this form off the list? Its history stays in the records.", "确定从列表中移除此报表？填报历史仍保留在流水中。")
    return [
        Action(Text("What the cells hold", "单元格设置"), reverse("upward.cells", args=[held.id]), "pencil"),
        Action(Text("New file", "更换文件"), reverse("upward.renew", args=[held.id]), "upload"),
        Action(Text("Take off the list", "移除"), reverse("upward.retire", args=[held.id]), "trash", method="post", confirm=sure),
    ]


def _day(asked: str, held: Form) -> Any:
    return asked_day(asked) if asked else day_of(held.area, clock.now())


@require_POST
def fill(request: Request, form: UUID) -> HttpResponse:
    """The filled workbook; that it was filled is recorded."""
    held = one(form)
    if not can(request.account, "exports.record"):
        raise PermissionDenied
    on = _day(request.POST.get("day", ""), held)
    try:
        content = actions.fill(held, on, by=author(request.account), called=request.account.shown_name)
    except closing.Refused as refused:
        tell(request, refused.text, tone="watch")
        return redirect("upward.form", form=held.id)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{held.name}-{on.isoformat()}.xlsx") or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def retire(request: Request, form: UUID) -> HttpResponse:
    """Takes a form off the list; its file is destroyed with it."""
    held = one(form)
    Form.objects.filter(id=held.id).update(retired_at=clock.now(), content=b"")
    tell(request, Text("“{name}” is off the list and its file destroyed.", "“{name}”已移除，文件已销毁。", name=held.name))
    return redirect("upward.list")
