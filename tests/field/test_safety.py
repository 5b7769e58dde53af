"""What is on a phone is safe from others, and what a worker recorded is safe from everything."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.field.inside import call_now, count, device, dump, lose, rows, tap_vehicles
from tests.field.test_loss import assert_each_is_there_once

pytestmark = pytest.mark.browser
SECRETS = ("卢兰利", "单田芳", "尉迟恭", "19900000001", "19900000003", "990000196207020011", "金丝雀")
WRONG_CLOCK = """{
    const real = Date, off = HOURS * 3600000, now = () => real.now() + off;
    globalThis.Date = class extends real { constructor(...a) { a.length ? super(...a) : super(now()); } static now() { return now(); } };
}"""
HOLD = """() => new Promise((held) => {
    navigator.locks.request("contact", () => { held(); return new Promise(() => {}); });
})"""
UPDATE = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    for (let tries = 0; tries < 20 && !registration.waiting && !registration.installing; tries += 1) {
        await registration.update().catch(() => new Promise((go) => setTimeout(go, 500)));  // the server has only just begun
    }
}"""
LEAK = """() => new Promise((done) => {
    const asked = indexedDB.open("leak", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("s", { autoIncrement: true }).add(new TextEncoder().encode("卢兰利"));
    asked.onsuccess = () => { asked.result.close(); done(); };
})"""


def test_a_locked_phone_holds_no_name_telephone_or_id_in_the_clear(enrolled):
    phone = enrolled("W1")
    page = phone.page
    page.get_by_role("button", name="名册外发现").click()
    page.get_by_role("button", name="人员", exact=True).click()
    page.get_by_label("姓名").fill("金丝雀")
    page.get_by_role("button", name="保存").click()
    page.locator(".toast").wait_for()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="立即锁定").click()
    page.locator(".keys").wait_for()

    dumped = dump(page)

    assert len(dumped) > 50_000, "The dump is empty: it proves nothing."
    assert [secret for secret in SECRETS if secret in dumped] == []
    assert "an extractable key" not in dumped


def test_the_dump_would_find_a_name(enrolled):
    page = enrolled("W1").page
    page.evaluate(LEAK)

    assert "卢兰利" in dump(page)


def test_a_revoked_phone_forgets_its_lists_and_lets_out_what_it_owes(enrolled, server):
    phone = enrolled("G1")
    page = phone.page
    page.get_by_role("button", name="渡口卡点").click()
    phone.context.set_offline(True)
    tap_vehicles(page, 3)
    server.ask("revoke", device(page))
    phone.context.set_offline(False)
    call_now(page)

    expect(page.locator("button.foot")).to_have_class(re.compile("trouble"))
    assert count(page, "parts") == 0
    ledger = server.ledger()
    assert ledger["events"] == []
    assert [(letter["seq"], letter["state"]) for letter in ledger["letters"]] == [(1, "waiting"), (2, "waiting"), (3, "waiting")]


@pytest.mark.parametrize("hours", [-24, 24, -10 * 8766])
def test_a_phone_with_a_wrong_clock_tells_its_worker_and_counts_at_the_right_time(new_phone, server, hours):
    phone = new_phone()
    phone.page.add_init_script(WRONG_CLOCK.replace("HOURS", str(hours)))
    phone.enrol(server.ask("invite", "G1"))
    expect(phone.page.locator(".notice.watch")).to_contain_text("本机时钟")
    phone.page.get_by_role("button", name="渡口卡点").click()
    tap_vehicles(phone.page, 1)
    call_now(phone.page)
    phone.all_sent()

    (record,) = server.records()

    assert abs(record["clock_error"] + hours * 3600) < 60
    assert abs((datetime.now(UTC) - datetime.fromisoformat(record["at"])).total_seconds()) < 120


@pytest.mark.parametrize("agent", ["MicroMessenger/8.0.40", "DingTalk/7.0"])
def test_in_a_chat_apps_view_nobody_records(new_phone, server, agent):
    phone = new_phone(user_agent=f"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/110 {agent}")
    code = server.ask("invite", "W1")

    phone.page.goto(f"{phone.url}/field/#enrol={code}")

    expect(phone.page.locator(".notice.bad")).to_contain_text("在浏览器打开")
    expect(phone.page.locator("main button")).to_have_count(0)
    phone.page.wait_for_timeout(500)
    expect(phone.page.locator(".keys")).to_have_count(0)


def test_a_page_killed_between_tap_and_saved_keeps_all_of_a_record_or_nothing(enrolled, server):
    phone = enrolled("G1")
    for round_ in range(12):
        phone.page.get_by_role("button", name="渡口卡点").click()
        phone.page.locator("[data-vehicle=car]").wait_for()
        phone.page.evaluate("() => { document.querySelector('[data-vehicle=car]').click(); }")
        phone.page.wait_for_timeout(round_)
        killed, phone.page = phone.page, phone.context.new_page()
        killed.close(run_before_unload=False)
        phone.open_again()
    call_now(phone.page)
    phone.all_sent()

    made = rows(phone.page)
    assert [seq for _, seq, _ in made] == list(range(1, len(made) + 1))
    assert_each_is_there_once(server, phone.page)


def test_a_worker_who_is_moved_keeps_what_is_unsent_and_loses_the_old_list(enrolled, server):
    phone = enrolled("W1")
    page = phone.page
    phone.context.set_offline(True)
    page.get_by_role("button", name="到岗签到").click()
    page.get_by_label("岗位").fill("值守")
    page.get_by_role("button", name="保存").click()
    page.locator(".toast").wait_for()
    server.ask("move", "W1", "990101101202")
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()

    assert [each["kind"] for each in server.records()] == ["workforce.signed_in"]


def test_a_record_that_is_gone_from_the_phone_is_named(enrolled, server):
    phone = enrolled("G1")
    page = phone.page
    page.get_by_role("button", name="渡口卡点").click()
    phone.context.set_offline(True)
    tap_vehicles(page, 3)
    lose(page, 1)
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()
    page.locator("button.foot").click()

    expect(page.locator(".notice.bad")).to_contain_text("2")
    expect(page.locator(".notice.good")).to_have_count(0)


def test_all_of_a_phones_records_are_proved_to_have_arrived(enrolled):
    phone = enrolled("G1")
    phone.page.get_by_role("button", name="渡口卡点").click()
    tap_vehicles(phone.page, 5)
    call_now(phone.page)
    phone.all_sent()
    phone.page.locator("button.foot").click()

    expect(phone.page.locator(".notice.good")).to_contain_text("5")


def test_an_update_in_the_middle_of_a_shift_loses_nothing(enrolled, server, built_app):
    app = shutil.copytree(built_app, server.home / "app")
    server.kill()
    server.more = {"CLOSEKNIT_FIELD_APP": str(app)}
    server.start()
    phone = enrolled("G1")
    page = phone.page
    page.get_by_role("button", name="渡口卡点").click()
    phone.context.set_offline(True)
    tap_vehicles(page, 1_000)
    made = rows(page)
    _new_version(app)
    server.kill()
    server.start()
    holder = phone.context.new_page()
    holder.goto(f"{phone.url}/field/mark.svg")
    holder.evaluate(HOLD)  # no window makes contact meanwhile
    phone.context.set_offline(False)
    page.evaluate(UPDATE)

    with page.expect_navigation():
        page.get_by_role("button", name="更新").click()
    phone.accept()
    page.locator(".keys").wait_for()
    phone.type_digits()
    page.locator("button.foot").wait_for()

    assert page.evaluate("document.documentElement.outerHTML").count("second edition") == 1
    assert rows(page) == made
    holder.close()
    call_now(page)
    phone.all_sent(60_000)
    assert_each_is_there_once(server, page)


def _new_version(app: Path) -> None:
    """The same app with another page, as a new version brings it: the worker's list of files names the page's new digest."""
    page, worker = app / "field" / "index.html", app / "field" / "worker.js"
    page.write_text(page.read_text().replace("<body>", "<body><!-- second edition -->"))
    listed, changed = re.subn(r'("revision":")[0-9a-f]{32}(","url":"index.html")', rf"\g<1>{'0' * 32}\2", worker.read_text())
    assert changed == 1
    worker.write_text(listed)
    for packed in (*app.glob("field/index.html.*"), *app.glob("field/worker.js.*")):
        packed.unlink()
