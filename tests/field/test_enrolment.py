"""A phone is enrolled, records, and everything arrives."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_phone_is_enrolled_and_shows_its_work(enrolled, server, axe, language):
    phone = enrolled("W1")

    expect(phone.page.locator("main")).to_contain_text("西坪村")
    axe(phone.page)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_used_code_is_refused_in_words(enrolled, new_phone, server):
    code = server.ask("invite", "W1")
    new_phone().enrol(code)
    other = new_phone()

    other.page.goto(f"{other.url}/field/#enrol={code}")
    other.accept()

    expect(other.page.locator(".notice.bad")).to_contain_text("登记码")


def test_records_of_a_gate_arrive_as_they_were_said(enrolled, server):
    phone = enrolled("G1")
    page = phone.page
    page.get_by_role("button", name="过卡计数").click()
    page.get_by_role("button", name="第二人|人工复点").or_(page.get_by_role("button", name="人工复点")).click()
    page.locator("input[type=search]").fill("渡口")
    page.get_by_role("button", name="渡口卡点").click()
    page.get_by_label("车辆").fill("12")
    page.get_by_role("button", name="保存").click()
    page.locator(".toast").wait_for()
    phone.all_sent()

    records = server.records()
    assert [(each["kind"], each["seq"], each["member"], each["place"], each["data"]) for each in records] == [
        ("checkpoints.tallied", 1, "G1", "CP1", {"vehicles": 12, "by": "count"})
    ]
