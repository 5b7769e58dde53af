"""The bulletin as pdf and workbook: the same figures to the letter as on paper, the same bytes again, and no empty boxes."""

import io
from datetime import date, datetime

import openpyxl
import pypdf
import pytest
from django.utils.translation import override

from closeknit.kit import clock
from closeknit.reports.closing import declare, report_of, seal
from closeknit.reports.content import Report
from closeknit.reports.duty import owe
from closeknit.reports.papers import fonts
from closeknit.reports.papers.pdf import NoFont, pdf
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.wording import paper
from closeknit.reports.papers.workbook import workbook
from tests.town import EAST, START, TOWN, WEST, Field

DAY = date(2022, 3, 18)
CUT_OFF = datetime.fromisoformat("2022-03-18T17:00:00+08:00")


@pytest.fixture
def sealed(field_records: Field) -> Report:
    """A sealed day: one door met, one unit missing, one that wrote a note with a smile and a formula."""
    with clock.at(START):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=DAY, last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    note = "=1+1 #信号不好"
    said = {"day": DAY.isoformat(), "unit": WEST, "note": note}
    field_records.later(hours=7).record("reports.confirmed", area=WEST, data=said)
    with clock.at(field_records.now):
        declare(EAST, DAY, figures={"doorknock.visits": 25}, declared_by="甲", channel="phone", by="W3")
    with clock.at(CUT_OFF):
        seal(TOWN, DAY, by="test")
        return report_of(TOWN, DAY)[0]


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.skipif(bool(fonts.uncovered("中")), reason="No Chinese font here. Type: apt-get install fonts-noto-cjk fontconfig")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_rpt_02_the_pdf_says_to_the_letter_what_the_paper_says_and_names_who_did_not_report(sealed: Report, language: str):
    with override(language):
        made, worded = pdf(sealed), paper(sealed)
        again = pdf(sealed)
    pages = enumerate(pypdf.PdfReader(io.BytesIO(made)).pages, 1)
    read = "".join(flat(page.extract_text()).removesuffix(f"—{number}—") for number, page in pages)

    said = [
        worded.title,
        worded.period,
        *(part for block in worded.blocks for part in (block.lead, block.text)),
        worded.signed,
        worded.dated,
    ]
    assert [each for each in said if flat(each) not in read] == []
    assert "东岭村" in read
    assert made == again


def test_rpt_02_the_workbook_holds_every_figure_and_names_the_unit_that_is_missing(sealed: Report):
    with override("zh-hans"):
        book = openpyxl.load_workbook(io.BytesIO(workbook(sealed)))
    cells = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}

    assert {row[2]: row[3] for row in cells["数据"][1:]} == {one.name: one.number for part in sealed.parts for one in part.figures}
    assert [(row[0], row[1], row[5]) for row in cells["各单位报送"][1:]] == [("东岭村", "未报", ""), ("西坪村", "按时", "=1+1 #信号不好")]
    assert cells["另列申报"][1:] == [["东岭村", "走访次数", "电话", 25, 0]]
    assert cells["通报"][0][0] == "河口镇新冠肺炎疫情防控工作日通报"
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row), "no text becomes a formula"


def test_a_machine_without_a_chinese_font_says_what_to_install_and_draws_no_boxes(sealed: Report, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")

    with override("zh-hans"), pytest.raises(NoFont) as lacking:
        pdf(sealed)

    assert "apt-get install fonts-noto-cjk fontconfig" in str(lacking.value.text)
    assert "河口镇" in plain(sealed)


def test_what_fontconfig_says_is_read_as_characters(monkeypatch: pytest.MonkeyPatch):
    held = {"A": [range(0x4E00, 0x4E02)], "B": [range(0x61, 0x62)]}

    assert fonts.uncovered("一丁a 丂", fonts=held) == {"丂"}
    assert fonts.uncovered("一a", families=("A",), fonts=held) == {"a"}
    assert fonts._range("4e00-4e01") == range(0x4E00, 0x4E02)
    assert fonts._range("61") == range(0x61, 0x62)
