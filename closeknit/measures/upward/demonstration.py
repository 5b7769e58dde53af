"""What the demonstration shows of upper levels' forms: one that the county asks for each day, filled for yesterday."""

from datetime import timedelta

from openpyxl import Workbook  # type: ignore[import-untyped]

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.measures.upward import actions
from closeknit.reports.forms import books
from closeknit.reports.forms.anchors import anchor_of, heading_anchor
from closeknit.reports.forms.marks import OF_ROW, Anchor, Holding, Mark
from closeknit.reports.windows import day_of
from closeknit.sync.demonstration import where_told
from closeknit.sync.towns import Town

BY, FILE = "clerk", "敲门行动进度日报表.xlsx"
HEADINGS = {"村（社区）": "", "应走访户数": "doorknock.due", "已走访户数": "doorknock.settled", "未走访户数": "doorknock.gap"}
HEAD = 3  # the row of the headings


@where_told
def form(town: Town) -> None:
    """The form is brought, its cells are said, and it is filled once."""
    content = books.saved(_book(town))
    held = actions.bring(content=content, file=FILE, area=town.town, by=BY).form
    sheet = books.seen(held.book())[0]
    marks = [Mark(anchor_of(sheet, 2, 2), Holding("unit")), Mark(anchor_of(sheet, 2, 4), Holding("date", words="long"))]
    for column, figure in enumerate(HEADINGS.values(), 1):
        if figure:
            marks.append(Mark(_below(sheet, column), Holding("figure", figure, OF_ROW), "rows"))
    actions.say(held, marks, by=BY)
    actions.fill(held, day_of(town.town, clock.now()) - timedelta(days=1), by=BY, called=BY)


def _below(sheet: books.Seen, column: int) -> Anchor:
    anchor = heading_anchor(sheet, HEAD + 1, column)
    assert anchor is not None, "the form has a heading over each of its columns"
    return anchor


def _book(town: Town) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "进度"
    sheet.append(["敲门行动进度日报表"])
    sheet.append(["填报单位", "", "填报日期", ""])
    sheet.append(list(HEADINGS))
    for name in Area.objects.below(town.town).filter(level="village").order_by("code").values_list("name", flat=True):
        sheet.append([name])
    return book
