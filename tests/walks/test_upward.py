"""Ben brings the county's form, says what its cells hold, and fills it in one press."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in, through_menu
from tests.town import TOWN, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = (
    ("疫情防控日报表（3月18日）", None, None, None),
    ("填报单位：", None, "填报日期：", None),
    ("村名", "应走访户", "已落实户", "联系人"),
    ("西坪村", None, None, None),
    ("东岭村", None, None, None),
    ("合计", None, "=SUM(C4:C5)", None),
)
WORDS = {
    "zh-hans": {"menu": "上级报表", "bring": "上传报表", "figure": "敲门行动：已落实户"},
    "en": {"menu": "Forms of upper levels", "bring": "Bring a form", "figure": "Door-to-door sweep: Settled"},
}


@pytest.fixture
def form(transactional_db: None, tmp_path: Path) -> Path:
    """Ben's town with a sweep that runs while the test does, and the county's form as a file."""
    build(tmp_path)
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(days=3), "to": now + timedelta(days=1)})
    account("ben", "town_clerk", TOWN, member="W3")
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    book.save(tmp_path / "县日报表.xlsx")
    return tmp_path / "县日报表.xlsx"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_rpt_05_ben_brings_a_form_and_fills_it(form: Path, desk: Page, live_server: Any, language: str, axe: Any, picture: Any):
    said = WORDS[language]
    signed_in(desk, live_server.url, "ben")
    through_menu(desk, desk.locator("#menu a", has_text=said["menu"]))
    desk.get_by_role("link", name=said["bring"]).first.click()
    desk.set_input_files("#f-file", form)
    desk.locator("main form button.btn-primary").click()
    desk.locator("button[value=suggested]").click()
    desk.locator("[data-sheet] a[href*='cell=C4']").click()
    desk.select_option("[name=what]", "figure")
    desk.fill("#f-figure", said["figure"])
    desk.select_option("[name=area]", "row")
    desk.locator("label:has([name=spread][value=rows])").click()
    desk.evaluate("scrollTo(0, 0)")  # the page's head covers part of whichever row is scrolled beneath it
    axe(desk)
    picture(desk, "form-cells")
    desk.locator("button[value=say]").click()
    desk.wait_for_load_state()
    desk.evaluate("scrollTo(0, 0)")
    axe(desk)
    desk.locator("[data-sheet] a[href*='cell=B4']").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("[data-sheet] a[href*='cell=C4']")).to_be_focused()

    desk.locator("main a.btn", has=desk.locator("use[href$='#arrow-right']")).click()
    axe(desk)
    picture(desk, "form-filled")
    with desk.expect_download() as taken:
        desk.locator("main form button.btn-primary").click()

    sheet = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes())).active
    assert [sheet[each].value for each in ("B2", "B4", "B5", "C4", "C5", "C6")] == ["河口镇", 3, 2, 0, 0, "=SUM(C4:C5)"]
    assert Event.objects.filter(kind="reports.filled").count() == 1
    desk.set_viewport_size({"width": 360, "height": 740})
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
