"""A form is known by its words: found again when it was moved, filled from the records, never guessed."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.reports.closing import seal
from closeknit.reports.duty import owe
from closeknit.reports.forms.anchors import Places, anchor_of, heading_anchor
from closeknit.reports.forms.books import Unfit, left_behind, opened, saved, seen, without_numbers_of_persons
from closeknit.reports.forms.filling import Plan, filled, planned
from closeknit.reports.forms.marks import OF_ROW, Holding, Mark, from_plain, to_plain
from closeknit.reports.forms.suggesting import suggested
from closeknit.reports.forms.values import Day, choices
from closeknit.reports.windows import window
from tests.town import EAST, START, TOWN, WEST, Field, campaign

DAY = START.date()
FORM = (
    ("河口镇疫情防控日报表（3月18日）", None, None, None, None),
    ("填报单位：", None, "填报日期：", None, None),
    ("序号", "村名", "敲门行动", None, "备注"),
    (None, None, "应访户数", "已落实", None),
    (1, "西坪村", None, None, None),
    (2, "东岭村", None, None, None),
    (3, "不存在村", None, None, None),
    (None, "合计", None, "=SUM(D5:D7)", None),
    (None, "填报人：", None, None, None),
)
MERGED = ("A1:E1", "C3:D3", "A3:A4", "B3:B4", "E3:E4")


def book(rows: Any = FORM, merged: Any = MERGED, title: str = "日报") -> Any:
    """A workbook as a county sends it."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for each in merged:
        made.active.merge_cells(each)
    made.active["A1"].font = Font(bold=True, size=16)
    made.active.column_dimensions["B"].width = 22
    return opened(saved(made))


def sheet(made: Any) -> Any:
    return seen(made)[0]


@pytest.fixture
def at_five(field_records: Field) -> Field:
    """A day with one door met in the west, its report owed at 17:00."""
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=DAY, last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    return field_records


def marks(made: Any) -> list[Mark]:
    """The marks that somebody makes on the form."""
    page = sheet(made)
    due, settled = heading_anchor(page, 5, 3), heading_anchor(page, 5, 4)
    assert due and settled
    return [
        Mark(anchor_of(page, 2, 2), Holding("unit")),
        Mark(anchor_of(page, 2, 4), Holding("date", words="long")),
        Mark(due, Holding("figure", "doorknock.due", OF_ROW), "rows"),
        Mark(settled, Holding("figure", "doorknock.settled", OF_ROW), "rows"),
        Mark(anchor_of(page, 9, 3), Holding("reporter")),
    ]


def written(made: Any, plan: Plan) -> dict[str, Any]:
    """Every cell that was written, by its address."""
    done = filled(made, plan)
    return {done[put.sheet].cell(put.row, put.column).coordinate: done[put.sheet].cell(put.row, put.column).value for put in plan.puts}


def plan_of(made: Any, said: list[Mark]) -> Plan:
    return planned(made, said, Day(TOWN, DAY, "镇干部"), ["日报"])


def test_rpt_05_a_form_is_filled_by_its_headings_and_what_is_not_known_stays_yellow(at_five: Field):
    made = book()
    plan = plan_of(made, marks(made))

    assert written(made, plan) == {
        "B2": "河口镇", "D2": "2022年3月18日", "C9": "镇干部",
        "C5": 3, "C6": 2, "C7": None, "C8": 5, "D5": 1, "D6": 0, "D7": None,
    }  # fmt: skip
    assert [put.row for put in plan.unknown] == [7, 7]
    assert made.active["C7"].fill.start_color.rgb == "00FFFF00"
    assert (made.active["C5"].fill.fill_type, made.active["D8"].value) == (None, "=SUM(D5:D7)")
    assert (made.active["A1"].font.size, made.active.column_dimensions["B"].width) == (16, 22)
    assert plan.lost == []


def test_rpt_05_the_marks_still_fit_when_rows_moved_columns_swapped_and_the_title_is_another_days(at_five: Field):
    tomorrow = book(
        (
            ("河口镇疫情防控日报表（3月19日）", None, None, None, None),
            ("（内部资料）", None, None, None, None),
            ("填报单位：", None, "填报日期：", None, None),
            ("序号", "村名", "备注", "敲门行动", None),
            (None, None, None, "已落实", "应访户数"),
            (1, "东岭村", None, None, None),
            (2, "西坪村", None, None, None),
            (None, "填报人：", None, None, None),
        ),
        ("A1:E1", "A2:E2", "D4:E4", "A4:A5", "B4:B5", "C4:C5"),
        "0319",
    )

    plan = plan_of(tomorrow, marks(book()))

    assert written(tomorrow, plan) == {"B3": "河口镇", "D3": "2022年3月18日", "C8": "镇干部", "E6": 2, "E7": 3, "D6": 0, "D7": 1}
    assert plan.lost == []


def test_rpt_05_what_is_not_found_again_is_told_by_name_and_nothing_is_written_elsewhere(at_five: Field):
    changed = book((*FORM[:3], (None, None, "应访户数", "完成率", None), *FORM[4:]))

    plan = plan_of(changed, marks(book()))

    assert [text.of("zh-hans") for text in plan.lost] == ["文件中找不到“敲门行动 · 已落实”。"]
    assert not any(put.column == 4 and put.row > 4 for put in plan.puts)


def test_rpt_05_a_sealed_day_is_filled_as_it_was_sealed(at_five: Field):
    made = book()
    with clock.at(START + timedelta(hours=9, minutes=5)):
        seal(TOWN, DAY, by="ben")
    at_five.later(hours=10).record("doorknock.visited", household="H2", data={"outcome": "met"}, at=START.isoformat())

    day = Day(TOWN, DAY, "镇干部")

    assert day.is_sealed
    assert [put.value for put in planned(made, marks(made)[3:4], day, ["日报"]).puts] == [1, 0, None]


def test_rpt_05_a_list_is_filled_downward_a_row_a_village(at_five: Field):
    made = book((("各村情况", None, None), ("序号", "村名", "应访户数"), (None, None, None), (None, None, None), (None, "合计", None)), ())
    page = sheet(made)
    said = [Mark(heading_anchor(page, 3, column), holding, "list") for column, holding in (
        (1, Holding("number")), (2, Holding("area")), (3, Holding("figure", "doorknock.due", OF_ROW)))]  # fmt: skip

    assert written(made, plan_of(made, said)) == {"A3": 1, "A4": 2, "B3": "西坪村", "B4": "东岭村", "C3": 3, "C4": 2}
    short = book((("各村情况", None, None), ("序号", "村名", "应访户数"), (None, None, None), (None, "合计", None)), ())
    told = plan_of(short, said)
    assert (told.puts, len(told.lost)) == ([], 3)
    assert "2" in told.lost[0].of("en") and "1" in told.lost[0].of("en")


def test_a_campaign_alone_is_asked_and_one_that_is_not_there_is_not_known(at_five: Field):
    plan(campaign("second", "doorknock", "households"))
    day = Day(TOWN, DAY, "")

    asked = [day.value(Holding("figure", "doorknock.due", window=each)) for each in ("day", "campaign:second", "campaign:none")]

    assert asked == [10, 5, None]
    assert day.value(Holding("figure", "doorknock.visits", window="since_start")) == 1


def test_a_row_that_names_no_area_gets_no_name(at_five: Field):
    day = Day(TOWN, DAY, "")

    assert [day.value(Holding("area"), area) for area in ("", WEST)] == [None, "西坪村"]
    assert day.value(Holding("unit"), WEST) == "河口镇"


def test_nothing_of_another_county_is_written(at_five: Field):
    day = Day(TOWN, DAY, "")

    assert day.value(Holding("figure", "doorknock.due", area="990102101201")) is None
    assert day.area_named("邻村") is None


def test_the_headings_suggest_what_the_columns_hold(at_five: Field):
    frame = window(TOWN, DAY)
    found = suggested(sheet(book()), choices(TOWN, frame.start, frame.end), Day(TOWN, DAY, ""), [])

    told = {each.mark.anchor.words: (each.mark.holding.what, each.mark.holding.figure, each.mark.spread) for each in found}
    assert told["填报单位"] == ("unit", "", "one")
    assert told["填报日期"] == ("date", "", "one")
    assert told["敲门行动 · 应访户数"][1:] == ("doorknock.due", "rows")


def test_marks_are_stored_and_read_again():
    made = marks(book())

    assert from_plain(to_plain(made)) == made


def test_a_constant_that_looks_like_a_formula_stays_words(at_five: Field):
    made = book()
    put = plan_of(made, [Mark(anchor_of(sheet(made), 2, 2), Holding("constant", words="=1+1"))])
    again = openpyxl.load_workbook(io.BytesIO(saved(filled(made, put))))

    assert (again.active["B2"].value, again.active["B2"].data_type) == ("=1+1", "s")


def test_numbers_of_persons_are_taken_out_and_named():
    made = book((("名单", None), ("张三", "19900000001"), ("李四", "99000019800101001X")), ())

    assert without_numbers_of_persons(made)[0] == "日报 B2"
    assert made.active["B2"].value is None


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xd0\xcf\x11\xe0old", "xls"), (b"no workbook", ".xlsx"), (b"", ".xlsx"), (b"PK\x03\x04broken", ".xlsx")],
)
def test_what_cannot_be_a_form_is_refused_with_the_remedy(content: bytes, told: str):
    with pytest.raises(Unfit) as refused:
        opened(content)

    assert told in refused.value.text.of("en") and told in refused.value.text.of("zh-hans")


def test_a_sheet_as_long_as_a_roster_is_refused():
    with pytest.raises(Unfit):
        book([["村"] for _ in range(401)], ())


def test_a_form_without_pictures_leaves_nothing_behind():
    assert left_behind(saved(book())) == []


def test_two_cells_with_the_same_words_are_told_apart_by_their_order():
    made = book((("甲", "乙", "甲", "乙"), (None, None, None, None)), ())
    places = Places(sheet(made))

    assert [places.cell(anchor_of(sheet(made), 2, column)) for column in (1, 2, 3, 4)] == [(2, 1), (2, 2), (2, 3), (2, 4)]
