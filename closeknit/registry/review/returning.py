"""The same workbook handed back, with what became of each row beside it: without the values of columns that are not stored, which come
back empty. Of files that nobody handed in here, and of those whose time is over, it is made of the rows kept."""

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from closeknit.registry.models import Heading, Import, RosterRow, Upload
from closeknit.registry.review import uploads
from closeknit.registry.review.mending import cure_of
from closeknit.registry.roster.headings import CAUSE, FIELDS, RESULT, SYNONYMS
from closeknit.registry.roster.kept import sheets_of
from closeknit.registry.roster.returned import Mark, returned_name, write_sheets
from closeknit.registry.roster.verdict import REASONS, STATUSES

ORDER = ("code", "household", "name", "id_no")  # the columns that come first; the others in their own order


def returned(brought: Import) -> tuple[str, bytes]:
    """The file's name and its bytes. A mended row says that it is accepted."""
    upload = Upload.objects.filter(id=brought.upload).first() if brought.upload else None
    for number, file in enumerate(upload.files if upload else ()):
        if upload and file["sha256"] == brought.sha256 and (content := uploads.kept(upload, number)):
            return _from_kept(brought.file, file["name"], content)
    return f"{brought.file.split('.')[0]}-{RESULT}.xlsx", _from_rows(rows_of(brought))


def rows_of(brought: Import) -> list[RosterRow]:
    """The rows that stand under the file's name, in its order."""
    return list(RosterRow.objects.current().filter(file=brought.file).order_by("sheet", "row"))


def mark_of(row: RosterRow, cells: dict[str, str]) -> Mark:
    """What is written beside a row."""
    result = STATUSES[row.status].of("zh-hans")  # type: ignore[index]  # a status of the model is one of the verdict's
    if not row.reason:
        return Mark(result)
    cure = cure_of(row, cells)
    reason = REASONS[row.reason].of("zh-hans")  # type: ignore[index]
    return Mark(result, f"{reason}：{cure.of('zh-hans')}" if cure else reason)


def _from_kept(kept_as: str, name: str, content: bytes) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / returned_name(kept_as)
        rows = RosterRow.objects.current().filter(file=kept_as)
        marks = {(row.sheet, row.row): mark_of(row, row.told() if row.reason else {}) for row in rows}
        write_sheets(name, sheets_of(content), target, marks, mapping=dict(Heading.objects.values_list("heading", "field")))
        return target.name, target.read_bytes()


def _from_rows(rows: Iterable[RosterRow]) -> bytes:
    told = [(row, {name: str(text) for name, text in row.told().items()}) for row in rows]
    fields = sorted({name for _, cells in told for name in cells} & set(FIELDS) | set(ORDER), key=_place)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}) as book:
        as_text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        for name in dict.fromkeys(row.sheet for row, _ in told):
            sheet = book.add_worksheet(name or "名册")
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(fields) - 1, 20, as_text)
            sheet.set_column(len(fields) + 1, len(fields) + 1, 60)
            sheet.write_row(0, 0, [*(SYNONYMS[field][0] for field in fields), RESULT, CAUSE], bold)
            for row, cells in told:
                if row.sheet == name:
                    values = [*(cells.get(field, "") for field in fields), *mark_of(row, cells)]
                    for place, value in enumerate(values):
                        sheet.write_string(max(row.row, 2) - 1, place, value, as_text)
    return stream.getvalue()


def _place(field: str) -> tuple[int, str]:
    return (ORDER.index(field) if field in ORDER else len(ORDER), field)
