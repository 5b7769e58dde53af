"""Results from a spreadsheet: good rows are recorded, bad ones set aside with row, column and cure."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.areas.models import Area
from closeknit.console.forms import Form
from closeknit.console.lists.columns import Column, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Notice
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.laboratory.actions import give
from closeknit.measures.laboratory.models import SetAside
from closeknit.measures.laboratory.reading import CURES, LARGEST, SUFFIXES, Row, read, set_aside
from closeknit.measures.laboratory.receiving import LAB, last_lab
from closeknit.measures.laboratory.results import tabs, told
from closeknit.measures.tubes.kinds import Tube
from closeknit.policy.packs import policy
from closeknit.registry.roster.problem import RosterProblem

FILES = UUID("6c1f0d1e-5a3b-4c57-9a5e-0f5d1b9a7c11")  # from which the numbers of records follow that a file brings
CHOOSE = Text("Choose a file: {known}.", "请选择文件，可用格式：{known}。", known="xlsx, xls, ods, csv, tsv")
TOO_LARGE = Text("The file is larger than {n} MB. Divide it.", "文件超过 {n} MB，请拆分。", n=LARGEST // 1_000_000)
ASIDE = Text("Set aside: {n} rows. They stand below with what to do.", "搁置 {n} 行，见下方处理办法。")
MAY_GO = Text("These may go", "清除搁置行")
GO_ON = Text("Nothing of these rows will be recorded. Go on?", "这些行将不再处理，是否继续？")
NONE = Empty(
    Text("No row is set aside", "无搁置行"),
    Text("Rows that cannot be taken stand here with row, column and what to do; the others are recorded.",
         "不能登记的行列于此处，注明行、列和处理办法；其余行照常登记。"),
    icon="circle-check",
)  # fmt: skip


def open_rows(area: str) -> QuerySet[SetAside]:
    """Rows that are set aside, but those whose tube has its result by now and those that may go."""
    done = Tube.objects.exclude(result="").values("code")
    rows = SetAside.objects.filter(area__in=Area.objects.below(area).values("code"), done_at__isnull=True)
    return rows.exclude(tube__in=done).exclude(why="other") | rows.filter(why="other")


def upload(request: Request, area: str) -> HttpResponse:
    """The form, what became of the file, and the rows that are set aside."""
    form = Form([LAB], request.POST if request.method == "POST" else None, {"lab": last_lab(request.account)})
    problem = None
    if form.valid():
        problem = _taken(request, area, form.values["lab"])
        if problem is None:
            return redirect("laboratory.upload", area=area)
    row = Area.objects.current().get(code=area)
    context = {
        "form": form, "tabs": tabs(area, "upload"), "accepted": ",".join(SUFFIXES),
        "problem": Notice(problem, "bad") if problem else None,
        "may_go": Action(MAY_GO, reverse("laboratory.let_go", args=[area]), "check", method="post", confirm=GO_ON),
    }  # fmt: skip
    heading = Text("Results: {area}", "{area} 检测结果", area=row.name)
    crumbs = [(Text("Laboratory", "检测机构"), reverse("laboratory.work", args=[area]))]
    frame: dict[str, Any] = {"template": "laboratory/upload.html", "heading": heading, "crumbs": crumbs}
    return ROWS.respond(request, open_rows(area), context=context, **frame)


def _taken(request: Request, area: str, lab: str) -> Text | None:
    """Records what the file says; the reason where it cannot be read at all."""
    file = request.FILES.get("file")
    if file is None or not (file.name or "").lower().endswith(SUFFIXES):
        return CHOOSE
    if (file.size or 0) > LARGEST:
        return TOO_LARGE
    name, now = Path((file.name or "").replace("\\", "/")).name, clock.now()
    try:
        found = read(name, file.read(), policy(area).timezone, now)
    except RosterProblem as trouble:
        return trouble.text
    given = {row.tube: row for row in found.given}
    gave = give(request.account, [row.given for row in found.given if row.given], area=area, lab=lab, root=uuid5(FILES, lab))
    refused = [Row(given[each.tube].sheet, each.row, each.tube, None, "other", "", str(each.result)) for each, _ in gave.refused]
    told(request, gave)
    aside = set_aside([*found.bad, *refused], area=area, file=name, by=author(request.account), at=now)
    if aside:
        tell(request, ASIDE.format(n=aside), tone="watch")
    return None


@require_POST
def let_go(request: Request, area: str) -> HttpResponse:
    """The rows that are set aside may go: somebody has seen to them."""
    open_rows(area).update(done_at=clock.now())
    return redirect("laboratory.upload", area=area)


ROWS = Listing(
    columns=(
        Column("tube", Text("Tube", "管号"), lambda row: row.tube or "—", ("tube", "row"), phone="title"),
        Column("row", Text("Row", "行"), lambda row: row.row, ("file", "sheet", "row"), number=True, phone="end"),
        Column("column", Text("Column", "列"), lambda row: row.column or None, ("column", "row")),
        Column("said", Text("What stands there", "原内容"), lambda row: row.said or None),
        Column("cure", Text("What to do", "处理办法"), lambda row: CURES[row.why], ("why", "row"), phone="wide"),
        Column("file", Text("File", "文件"), lambda row: f"{row.file} {row.sheet}".strip(), ("file", "sheet", "row")),
        Column("at", Text("Brought", "上传时间"), lambda row: row.at, ("at", "row")),
    ),
    order="row",
    empty=NONE,
    search=words_in("tube", "file"),
)
