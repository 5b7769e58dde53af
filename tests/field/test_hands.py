"""A phone goes from hand to hand, is unlocked, locked out, and gives up what it holds as a file."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import signed_in
from tests.field.inside import call_now, count, device, rows, tap_vehicles

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "hasPrf": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def open_gate(phone):
    phone.page.get_by_role("button", name="渡口卡点").click()
    phone.page.locator("[data-vehicle=car]").wait_for()


def test_the_next_shift_takes_over_by_a_card_and_six_digits_without_a_network(enrolled, server):
    phone = enrolled("G1")
    card = server.ask("card", "W1")
    phone.context.set_offline(True)
    open_gate(phone)
    tap_vehicles(phone.page, 2)
    phone.page.locator(".back").click()
    phone.page.get_by_role("button", name="更多").click()
    phone.page.get_by_role("button", name="交接班").click()

    phone.page.locator("main input").fill(card)
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("main")).to_contain_text("村干部甲")
    phone.type_digits("735190")
    phone.type_digits("735190")
    expect(phone.page.locator("h1")).to_contain_text("村干部甲")
    phone.context.set_offline(False)
    call_now(phone.page)
    phone.all_sent()

    expect(phone.page.locator("main")).to_contain_text("全镇敲门")
    assert [(each["member"], each["seq"]) for each in server.records()] == [("G1", 1), ("G1", 2)]
    phone.page.get_by_role("button", name="更多").click()
    phone.page.get_by_role("button", name="立即锁定").click()
    phone.type_digits()
    expect(phone.page.locator(".notice.bad")).to_contain_text("4")
    phone.type_digits("735190")
    expect(phone.page.locator("h1")).to_contain_text("村干部甲")


@pytest.mark.parametrize("altered", ["CKC1.eyJ4IjoxfQ.AAAA", "https://example.org/", "43012345"])
def test_a_card_that_is_not_the_towns_is_refused_in_words(enrolled, altered):
    page = enrolled("G1").page
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="交接班").click()

    page.locator("main input").fill(altered)
    page.keyboard.press("Enter")

    expect(page.locator(".notice.bad")).to_contain_text("专干")


def test_a_finger_opens_the_phone_until_it_is_handed_over(enrolled):
    phone = enrolled("G1")
    page = phone.page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.get_by_role("button", name="更多").click()
    page.locator(".back").click()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="启用指纹解锁").click()
    expect(page.get_by_role("button", name="停用指纹解锁")).to_be_visible()
    page.get_by_role("button", name="立即锁定").click()

    page.get_by_role("button", name="指纹解锁").click()

    expect(page.locator("h1")).to_contain_text("工作人员G1")


def test_five_wrong_tries_close_the_phone_and_lose_no_record(enrolled, server):
    phone = enrolled("G1")
    page = phone.page
    phone.context.set_offline(True)
    open_gate(phone)
    tap_vehicles(page, 3)
    first = device(page)
    page.locator(".back").click()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="立即锁定").click()
    for left in (4, 3, 2, 1):
        phone.type_digits("000001")
        expect(page.locator(".notice.bad")).to_contain_text(str(left))
    phone.type_digits("000001")
    expect(page.locator(".keys")).to_have_count(0)
    phone.context.set_offline(False)
    page.get_by_role("button", name="重新登记本机").click()
    phone.enrol(server.ask("invite", "G1"))
    open_gate(phone)
    tap_vehicles(page, 1)
    call_now(page)
    phone.all_sent()

    second = device(page)
    assert sorted((each["device"], each["seq"]) for each in server.records()) == sorted([(first, 1), (first, 2), (first, 3), (second, 1)])


def test_the_outbox_leaves_as_a_sealed_file_and_is_counted_once(enrolled, desk, server, tmp_path):
    phone = enrolled("G1")
    page = phone.page
    phone.context.set_offline(True)
    open_gate(phone)
    tap_vehicles(page, 4)
    page.locator("button.foot").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="另存为加密文件").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    made = rows(page)

    assert "checkpoints" not in file.read_text()
    program = Path(sys.executable).parent / "closeknit"
    signed_in(desk, server.url, "ben")("/phones/outbox/")
    desk.locator("input[type=file]").set_input_files(file)
    desk.get_by_role("button", name="导入").click()
    expect(desk.locator("main .facts")).to_contain_text("新收录4")
    done = subprocess.run([program, "outbox", str(file)], env=server.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted((each["id"], each["seq"]) for each in server.records()) == sorted((id_, seq) for id_, seq, _ in made)

    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()
    assert len(server.records()) == 4
    assert {standing for _, _, standing in rows(page)} == {"duplicate"}


def test_a_phone_of_another_county_learns_nothing(new_phone, server):
    phone = new_phone().enrol(server.ask("invite", "W1"))
    names = phone.page.inner_text("body")

    assert "邻村" not in names
    assert count(phone.page, "parts") > 0
