"""Rows of pushed lists that could not be taken: where they stand, why, and what to do."""

from django.http import HttpResponse

from closeknit.access.scope import visible
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.listintake.models import ParkedRow
from closeknit.measures.listintake.reading import WORDS
from closeknit.measures.listintake.rules import REASONS

CELLS = ("name", "id_no", "phone", "village", "address", "reason", "category", "deadline", "seen_at")
PARKED = Listing(
    columns=(
        Column("where", Text("File, sheet, row", "文件、工作表、行"),
               lambda row: " · ".join(filter(None, (row.file, row.sheet, str(row.row)))), sort=("file", "sheet", "row"), phone="title"),
        Column("why", Text("Set aside because", "搁置原因"), lambda row: REASONS[row.reason][0], sort=("reason", "file", "row"),
               phone="end"),
        Column("column", Text("Column", "列"), lambda row: row.column),
        Column("cure", Text("What to do", "处理办法"), lambda row: REASONS[row.reason][1], phone="wide"),
        Column("list", Text("List", "名单"), lambda row: row.list, sort=("list", "file", "row")),
        Column("at", Text("Brought in", "导入时间"), lambda row: row.at, sort=("at", "file", "row")),
        *(Column(name, WORDS[name][0], lambda row, name=name: row.told().get(name), file_only=True) for name in CELLS),  # type: ignore[misc]
    ),
    order="where",
    empty=Empty(Text("No row stands aside", "暂无搁置行"),
                Text("Rows that nobody could be found in wait here; the others of their file were taken.",
                     "无法读取的行列在此处，不影响同一文件的其他行。"),
                icon="circle-check"),
    filters=(
        Filter("reason", Text("Reason", "原因"), equals("reason"), choices=[(name, words) for name, (words, _) in REASONS.items()]),
    ),
    search=words_in("file", "list", "sheet"),
    codes=lambda row: [f"row:{row.id}"],
    what="list",
)  # fmt: skip


def parked(request: Request) -> HttpResponse:
    """The rows that stand aside; as a file with their cells, to be corrected and brought in again."""
    return PARKED.respond(request, visible(ParkedRow.objects.filter(settled_at=None), request.account))
