"""The list of files that were brought in, and the list of rows to be put right."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import areas_of
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tab, Tabs
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.imports.bringing import brought_by, imports_of, uploads_of
from closeknit.registry.models import RosterRow, Upload
from closeknit.registry.review.mending import cure_of
from closeknit.registry.roster.verdict import REASONS, STATUSES

MOST_FILES = 200
OPEN = ("parked", "doubtful")
STATES = {
    Upload.State.WAITING: Badge(Text("Waiting", "等待中"), "info", "hourglass"),
    Upload.State.RUNNING: Badge(Text("Being read", "读取中"), "info", "hourglass"),
    Upload.State.DONE: Badge(Text("Done", "已完成"), "good"),
    Upload.State.FAILED: Badge(Text("Not read", "未能读取"), "bad"),
}
TONES = {"parked": Badge(STATUSES["parked"], "bad"), "doubtful": Badge(STATUSES["doubtful"], "watch")}
BRING = Action(Text("Bring rosters in", "导入名册"), "/imports/bring/", "upload", primary=True)


@dataclass(frozen=True)
class File:
    """A file that was brought in, or tried to."""

    name: str
    at: datetime
    by: str
    state: Badge
    rows: dict[str, int]
    url: str
    workbook: str = ""


def _files(account: Account) -> list[File]:
    uploads = {each.id: each for each in uploads_of(account)}
    files = []
    for each in imports_of(account):
        url = reverse("imports.one", kwargs={"upload": each.upload}) if each.upload in uploads else ""
        book = reverse("imports.workbook", kwargs={"brought": each.id})
        files.append(File(each.file, each.learned_at, brought_by(each), STATES[Upload.State.DONE], each.summary, url, book))
    for upload in uploads.values():
        if upload.state != Upload.State.DONE:
            names, url = "、".join(file["name"] for file in upload.files[:3]), reverse("imports.one", kwargs={"upload": upload.id})
            files.append(File(names, upload.at, upload.by, STATES[Upload.State(upload.state)], {}, url))
    return files


def _number(status: str) -> Column:
    label = STATUSES[status]  # type: ignore[index]  # one of the verdict's
    return Column(status, label, lambda file: file.rows.get(status, 0), sort=lambda file: file.rows.get(status, 0), number=True)


FILES = Listing(
    columns=(
        Column(
            "name", Text("File", "文件"), lambda file: file.name, sort=lambda file: file.name, link=lambda file: file.url, phone="title"
        ),
        Column("state", Text("State", "状态"), lambda file: file.state, phone="end", export=lambda file: file.state.label),
        Column("at", Text("When", "时间"), lambda file: file.at, sort=lambda file: file.at),
        Column("by", Text("By", "导入人"), lambda file: file.by),
        *(_number(status) for status in STATUSES),
        Column(
            "book",
            Text("Handed back", "取回"),
            lambda file: Text("workbook", "带结果的原表") if file.workbook else "",
            link=lambda file: file.workbook,
        ),
    ),
    order="-at",
    empty=Empty(
        Text("No roster was brought in yet.", "尚未导入名册。"),
        Text("An Excel file from the village is enough.", "有村里的 Excel 名册即可导入。"),
        BRING,
    ),
)


def imports(request: Request) -> HttpResponse:
    return FILES.respond(request, _files(request.account), actions=[BRING])


def rows_of(account: Account) -> QuerySet[RosterRow]:
    """The current rows of the account's scope; those that could not be placed belong to where their file lies."""
    scope = areas_of(account).values("code")
    mine = imports_of(account).values("id")
    return RosterRow.objects.current().filter(Q(area__in=scope) | Q(area="", brought_by__in=mine))


@dataclass(frozen=True)
class Told:
    """A row with the words of its reason and its cure."""

    held: RosterRow
    area: str
    cure: Text | None

    @property
    def where(self) -> str:
        return " · ".join(filter(None, (self.held.file, self.held.sheet, str(self.held.row))))


def _dressed(page: list[RosterRow]) -> list[Told]:
    names = Area.objects.names({row.area for row in page})
    return [Told(row, names.get(row.area, ""), cure_of(row, row.told())) for row in page]


ROWS = Listing(
    columns=(
        Column(
            "where",
            Text("File, sheet, row", "文件、工作表、行"),
            lambda row: row.where,
            sort=("file", "sheet", "row"),
            link=lambda row: reverse("imports.row", kwargs={"row": row.held.id}),
            phone="title",
        ),
        Column(
            "status",
            Text("State", "状态"),
            lambda row: TONES[row.held.status],
            sort=("-status", "file", "row"),
            phone="end",
            export=lambda row: STATUSES[row.held.status],
        ),
        Column("reason", Text("Reason", "原因"), lambda row: REASONS.get(row.held.reason), sort=("reason", "file", "row")),
        Column("column", Text("Column", "列"), lambda row: row.held.column),
        Column("cure", Text("What to do", "处理办法"), lambda row: row.cure, phone="hide"),
        Column("area", Text("Area", "所属区域"), lambda row: row.area, sort=("area", "file", "row")),
        Column("person", Text("Person", "人员编号"), lambda row: row.held.person, hidden=True),
    ),
    order="where",
    empty=Empty(Text("Every row stands in the register without a doubt.", "名册各行均已入册，无存疑。"), icon="circle-check"),
    filters=(
        Filter("status", Text("State", "状态"), equals("status"), choices=tuple((name, STATUSES[name]) for name in OPEN)),
        Filter(
            "reason",
            Text("Reason", "原因"),
            equals("reason"),
            choices=tuple((name, REASONS[name]) for name in ("bad_id", "no_id", "missing_name", "unknown_area", "real_id")),
        ),
    ),
    search=words_in("file", "sheet", "person", "household"),
    search_label=Text("File, sheet or code", "文件、工作表或编号"),
    codes=lambda row: [row.held.person] if row.held.person else [],
    what="roster",
    dress=_dressed,
)


def rows(request: Request) -> HttpResponse:
    left = request.GET.get("left") == "1"
    mine = rows_of(request.account).filter(status__in=OPEN)
    numbers = Counter(dict.fromkeys(REASONS, 0))
    for reason, is_left in mine.values_list("reason", "left"):
        numbers["left" if is_left else reason] += 1
    here = request.GET.get("reason", "")
    tabs = [Tab(Text("All", "全部"), "?", not here and not left, sum(numbers.values()) - numbers["left"])]
    tabs += [Tab(label, f"?reason={name}", here == name and not left, numbers[name]) for name, label in REASONS.items() if numbers[name]]
    if numbers["left"]:
        tabs.append(Tab(Text("Left as they are", "保留原样"), "?left=1", left, numbers["left"]))
    crumbs = [(Text("Imports", "名册导入"), reverse("imports.list"))]
    files = list(mine.values_list("file", flat=True).distinct().order_by("file")[:MOST_FILES])
    by_file = Filter("file", Text("File", "文件"), equals("file"), choices=[(name, name) for name in files])
    listing = replace(ROWS, filters=(*ROWS.filters, by_file))
    return listing.respond(request, mine.filter(left=left), template="imports/rows.html", context={"tabs": Tabs(tabs)}, crumbs=crumbs)
