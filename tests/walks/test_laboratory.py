"""The laboratory: a box from the worklist is received, all but one of its tubes are negative, a file says the last."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.measures.tubes.kinds import Tube
from tests.browser import signed_in
from tests.town import TOWN, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAB = {"zh-hans": "检测机构", "en": "Laboratory"}
NAMED = {"zh-hans": "将有 2 管登记为阴性", "en": "2 tubes will be negative"}


@pytest.fixture
def box(transactional_db: None, tmp_path: Path) -> None:
    """Three tubes in a box on its way, and somebody of the laboratory."""
    build(tmp_path)
    field = Field(now=clock.now())
    for tube, person in (("T1", "P1"), ("T2", "P3"), ("T3", "P4")):
        field.record("testing.sampled", person=person, data={"tube": tube, "pool": 10})
        field.record("testing.tube_sealed", data={"tube": tube, "count": 1})
    field.record("testing.handed_over", data={"tubes": ["T1", "T2", "T3"], "box": "B1", "carrier": "甲车"})
    account("lab", "laboratory", TOWN)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_laboratory_receives_a_box_and_gives_its_results(
    box: None, desk: Page, phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    go = signed_in(desk, live_server.url, "lab")
    go(desk.locator("nav a", has_text=LAB[language]).first.get_attribute("href") or "")
    axe(desk)
    desk.locator("tr", has_text="B1").get_by_role("link").click()
    desk.fill("[name=lab]", "市疾控")
    desk.locator("form.form button[type=submit]").click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(3)
    picture(desk, "laboratory-work")

    go(f"/laboratory/{TOWN}/rest/")
    desk.fill("[name=but]", "T3")
    desk.locator("form.form button[type=submit]").click()
    expect(desk.locator(".notice-watch").first).to_contain_text(NAMED[language])
    axe(desk)
    desk.locator("form.form button[type=submit]").click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(1)

    go(f"/laboratory/{TOWN}/upload/")
    rows = "采样管编号,检测结果\nT3,阳性\nT9,没问题\n".encode()
    desk.set_input_files("[name=file]", {"name": "r.csv", "mimeType": "text/csv", "buffer": rows})
    desk.locator("form[enctype] button").click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(1)
    axe(desk)

    assert dict(Tube.objects.values_list("code", "result")) == {"T1": "negative", "T2": "negative", "T3": "positive"}
    go = signed_in(phone, live_server.url, "lab")
    for path in (f"/laboratory/{TOWN}/", f"/laboratory/{TOWN}/upload/", f"/tubes/{TOWN}/matters/", "/tube/T1/"):
        go(path)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
        axe(phone)
