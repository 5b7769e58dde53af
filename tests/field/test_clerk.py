"""What the clerk sees of a phone and does with it, at the console; and what the phone says to that."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import signed_in
from tests.field.inside import call_now, count, device, lose, parts, tap_vehicles
from tests.field.test_safety import WRONG_CLOCK
from tests.town import WEST

pytestmark = pytest.mark.browser
TWELVE_MINUTES_H = 0.2


def at_the_gate(page: Page) -> None:
    page.get_by_role("button", name="渡口卡点").click()
    page.locator("[data-vehicle=car]").wait_for()


def test_a_phone_is_looked_after_revoked_and_enrolled_again(new_phone, desk, server):
    phone = new_phone()
    phone.page.add_init_script(WRONG_CLOCK.replace("HOURS", str(-TWELVE_MINUTES_H)))
    phone.enrol(server.code_for("G1"))
    page, lost = phone.page, device(phone.page)
    expect(page.locator(".notice.watch")).to_contain_text("12 分钟")
    at_the_gate(page)
    phone.context.set_offline(True)
    tap_vehicles(page, 3)
    lose(page, 1)
    phone.send_all()
    page.locator("button.foot").click()
    expect(page.locator(".notice.bad")).to_contain_text("缺第 2 条")  # the worker sees it, and so does the clerk
    expect(page.locator(".notice.good")).to_have_count(0)

    console = signed_in(desk, server.url, "ben")
    console("/phones/")
    line = desk.locator("tr", has_text=lost)
    for said in ("工作人员G1", "慢 12 分钟", "0.2.0", "在用", "刚刚"):
        expect(line).to_contain_text(said)
    console(f"/phones/of/{lost}/")
    expect(desk.locator("main")).to_contain_text("缺号")
    phone.context.set_offline(True)
    page.locator(".back").click()
    tap_vehicles(page, 2)
    console(f"/phones/of/{lost}/revoke/")
    desk.locator("[name=reason]").fill("落在车上")
    desk.locator("main form button[type=submit], main form button.btn-primary").first.click()
    desk.wait_for_url(f"**/phones/of/{lost}/")

    phone.context.set_offline(False)
    call_now(page)
    expect(page.locator("main")).to_contain_text("没有此卡点的任务")
    assert parts(page) == []
    assert [each["seq"] for each in server.records()] == [1, 3]
    console(f"/phones/letters/{lost}/")
    desk.get_by_role("button", name="打开并收录").click()
    desk.locator("#confirm button[value=yes]").click()
    expect(desk.locator("main .facts")).to_contain_text("新收录")

    page.locator("button.foot").click()
    page.get_by_role("button", name="重新登记本机").click()
    page.locator("main form input").fill(server.code_for("G1"))
    page.keyboard.press("Enter")
    page.locator(".keys").wait_for()
    phone.type_digits("640719")
    phone.type_digits("640719")
    at_the_gate(page)
    tap_vehicles(page, 1)
    phone.send_all()
    assert count(page, "outbox", "rescued") == 2
    assert [(each["device"] == lost, each["seq"]) for each in server.records()] == [(True, 1), (True, 3), (True, 4), (True, 5), (False, 1)]


def test_somebody_who_helps_for_one_shift_counts_at_the_gate_and_knows_nobody(enrolled, server):
    phone = enrolled("V1")
    page = phone.page
    assert f"register:{WEST}" in parts(page)
    card = server.ask("helper")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="交接班").click()
    page.locator("main input").fill(card)
    page.keyboard.press("Enter")
    phone.type_digits("735190")
    phone.type_digits("735190")
    expect(page.locator("h1")).to_contain_text("帮手甲")
    call_now(page)
    page.wait_for_function("() => !document.body.innerText.includes('全镇敲门')")

    assert [part for part in parts(page) if part.startswith("register:")] == []
    at_the_gate(page)
    tap_vehicles(page, 1)
    phone.send_all()
    (record,) = server.records()
    assert (record["kind"], record["place"], record["member"][:2]) == ("checkpoints.vehicle_checked", "CP1", "V-")
