"""What is to deliver, whom to look in on, and one's own shift: on the phone with its progress, without a network."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.field.inside import call_now
from tests.town import WEST

pytestmark = pytest.mark.browser


def office(server, kind, data, **about):
    server.ask("say", json.dumps({"kind": kind, "area": WEST, "data": data, **about}))


def test_of_very_many_deliveries_fifty_stand_in_the_page_and_fifty_more_at_a_press(enrolled, server):
    server.ask("crowd", "120")
    homes = [f"M{number}" for number in range(60)]
    ordered = {"kind": "supplies.ordered", "area": WEST, "data": {"pack": "meat", "quantity": 1}}
    server.ask("say", json.dumps([{**ordered, "household": home} for home in homes]))
    page = enrolled("W1").page
    page.locator("button.card", has_text="物资配送").click()
    lines = page.locator("[data-target^=M]")

    expect(lines).to_have_count(50)
    page.get_by_role("button", name="再显示 10 条").click()
    expect(lines).to_have_count(60)


def test_a_worker_delivers_looks_in_on_people_and_signs_in_without_a_network(enrolled, server, axe):
    until = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    office(server, "supplies.ordered", {"pack": "vegetable", "quantity": 3}, household="H1")
    office(server, "supplies.ordered", {"pack": "meat", "quantity": 1}, household="H2")
    office(server, "supplies.delivered", {"pack": "vegetable", "quantity": 1}, household="H1")
    evidence = ["01900000-0000-7000-8000-000000000001"]
    office(
        server, "isolation.ordered", {"measure": "home", "rule": "r1", "evidence": evidence, "until": until, "told": "spoken"}, person="P4"
    )
    phone = enrolled("W1")
    page = phone.page
    phone.context.set_offline(True)

    page.locator("button.card", has_text="物资配送").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator("[data-target=H1]")).to_contain_text("蔬菜包 × 2")
    page.locator("[data-target=H1] .button.primary").click()
    expect(page.locator("[data-target=H1]")).to_contain_text("今日已送达")
    page.locator(".back").click()
    expect(page.locator("button.card", has_text="物资配送")).to_contain_text("1 已完成1 未完成")

    page.locator("button.card", has_text="隔离健康监测").click()
    axe(page)
    page.get_by_role("button", name="尉迟恭").or_(page.locator("[data-target=P4] button")).first.click()
    page.get_by_label("体温").fill("36.6")
    page.get_by_role("button", name="保存").click()
    page.locator(".back").click()
    expect(page.locator("button.card", has_text="隔离健康监测")).to_contain_text("1 已完成0 未完成")

    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_label("岗位").fill("值守")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="签退", exact=True).click()
    expect(page.get_by_role("button", name="签到", exact=True)).to_be_visible()
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()

    mine = [each for each in server.records() if each["member"] == "W1"]
    assert [(each["kind"], each["household"], each["person"]) for each in mine] == [
        ("supplies.delivered", "H1", ""),
        ("isolation.checked", "", "P4"),
        ("workforce.signed_in", "", ""),
        ("workforce.signed_out", "", ""),
    ]
    assert mine[0]["data"] == {"pack": "vegetable", "quantity": 2}
    expect(page.locator("button.card", has_text="物资配送")).to_contain_text("1 已完成1 未完成")


def test_of_very_many_forms_one_is_found_by_a_word_and_those_used_lately_stand_on_top(enrolled, axe):
    page = enrolled("V1").page
    groups, word = page.locator("details.forms"), page.get_by_label("查找登记表")

    expect(groups.first).to_be_visible()
    assert groups.count() > 5
    expect(page.locator("details.forms[open]")).to_have_count(0)
    axe(page)
    word.fill("没有的表")
    expect(page.get_by_text("没有符合的登记表。")).to_be_visible()
    word.fill("签到")
    expect(groups).to_have_count(1)
    axe(page)
    groups.get_by_role("button", name="到岗签到").click()
    page.get_by_label("岗位").fill("值守")
    page.get_by_role("button", name="保存").click()

    expect(page.locator(".card", has_text="最近使用").get_by_role("button")).to_have_text(["到岗签到"])
