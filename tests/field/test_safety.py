"""What is on a phone is safe from others, and what a worker recorded is safe from everything."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.field.inside import call_now, dump, parts, rows, tap_vehicles
from tests.field.test_loss import assert_each_is_there_once
from tests.town import EAST, WEST

pytestmark = pytest.mark.browser
SECRETS = ("卢兰利", "单田芳", "尉迟恭", "19900000001", "19900000003", "990000196207020011", "金丝雀")
WRONG_CLOCK = """{
    const real = Date, off = HOURS * 3600000, now = () => real.now() + off;
    globalThis.Date = class extends real { constructor(...a) { a.length ? super(...a) : super(now()); } static now() { return now(); } };
}"""
A_YEAR_H, MOST_TOLD_H = 8_766, 8_766 * 10
KEEPS_NOTHING = """{
    const no = () => { throw new DOMException("no", "SecurityError"); };
    IDBFactory.prototype.open = no;
    Object.defineProperty(globalThis, "localStorage", { get: no });
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
    page.locator("details.forms", has_text="名册外发现").evaluate("(group) => { group.open = true; }")
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


@pytest.mark.parametrize("hours", [24, -A_YEAR_H * 10, A_YEAR_H * 10, -A_YEAR_H * 50])
def test_a_phone_with_a_wrong_clock_tells_its_worker_and_counts_at_the_right_time(new_phone, server, hours):
    phone = new_phone()
    phone.page.add_init_script(WRONG_CLOCK.replace("HOURS", str(hours)))
    phone.enrol(server.code_for("G1"))
    expect(phone.page.locator(".notice.watch")).to_contain_text("本机时钟")
    phone.page.get_by_role("button", name="渡口卡点").click()
    tap_vehicles(phone.page, 1)
    expect(phone.page.locator("[data-vehicle=car] b")).to_have_text("1")  # of this shift, which began by the server's clock
    call_now(phone.page)
    phone.all_sent()

    (record,) = server.records()

    told = 0 if abs(hours) > MOST_TOLD_H else hours  # beyond that the phone's own time is not asked
    assert abs(record["clock_error"] + told * 3600) < 60
    assert abs((datetime.now(UTC) - datetime.fromisoformat(record["at"])).total_seconds()) < 120


def test_in_a_chat_apps_view_nobody_records(new_phone, server):
    code = server.code_for("W1")
    for agent in (
        "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/110 MicroMessenger/8.0.40",
        "Mozilla/5.0 (Linux; Android 13; M2; wv) AppleWebKit/537.36 Chrome/110 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 DingTalk/7.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    ):
        page = new_phone(user_agent=agent).page
        page.goto(f"{server.url}/field/#enrol={code}")

        expect(page.locator(".notice.bad")).to_contain_text("在浏览器打开")
        expect(page.locator(".wayout")).to_be_visible()
        expect(page.locator("main button")).to_have_count(0)
        page.wait_for_timeout(300)
        expect(page.locator(".keys")).to_have_count(0)


def test_what_a_browser_does_not_keep_is_said_before_the_first_record(new_phone, server):
    enrol = f"{server.url}/field/#enrol={server.code_for('W1')}"
    phone = new_phone()
    phone.page.goto(enrol)
    expect(phone.page.locator(".notice.bad")).to_contain_text("浏览器未承诺长期保存")
    expect(phone.page.locator(".keys")).to_have_count(0)
    phone.accept()
    phone.page.locator(".keys").wait_for()

    keeps_nothing = new_phone().page
    keeps_nothing.add_init_script(KEEPS_NOTHING)
    keeps_nothing.goto(enrol)
    expect(keeps_nothing.locator(".notice.bad")).to_contain_text("浏览器不保存数据")
    expect(keeps_nothing.locator("main button")).to_have_count(0)

    promises = new_phone().page
    promises.add_init_script("StorageManager.prototype.persist = async () => true;")
    promises.goto(f"{server.url}/field/")
    promises.locator("main form").wait_for()
    expect(promises.locator(".notice.bad")).to_have_count(0)


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


def test_who_locks_is_moved_or_loses_the_work_keeps_what_is_unsent_and_loses_the_old_list(enrolled, server):
    phone = enrolled("W1")
    page = phone.page
    assert f"register:{WEST}" in parts(page)
    phone.context.set_offline(True)
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_label("岗位").fill("值守")
    page.get_by_role("button", name="保存").click()
    page.locator(".toast").wait_for()
    server.ask("move", "W1", EAST, "checkpoint")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="立即锁定").click()
    phone.type_digits()
    page.get_by_role("button", name="签退", exact=True).click()
    page.locator(".toast").wait_for()
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()
    page.wait_for_function("() => !document.body.innerText.includes('全镇敲门')")
    assert [part for part in parts(page) if part.startswith("register:")] == []

    phone.context.set_offline(True)
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_label("岗位").fill("值守")
    page.get_by_role("button", name="保存").click()
    page.locator(".toast").wait_for()
    server.ask("withdraw", "W1")
    phone.send_all()

    expect(page.locator("button.foot")).to_have_class(re.compile("trouble"))
    assert {"worker", "shapes"} <= {*parts(page)} <= {"worker", "areas", "pack", "shapes", "campaigns", "places"}
    said = [each["kind"] for each in server.records()]
    assert said == ["workforce.signed_in", "workforce.signed_out", "workforce.signed_in"]


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
