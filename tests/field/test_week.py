"""Seven days without a network, ten thousand records, and then a link that is as bad as a valley's."""

import time
from typing import Any

import pytest

from tests.field.inside import call_now, count, rows
from tests.field.link import Link
from tests.field.test_loss import assert_each_is_there_once

pytestmark = pytest.mark.browser
DAYS, RECORDS, BATCH = 7, 10_000, 200
# The phone's two clocks, both moved by `ahead` (ms), which the tapping below drives on.
CLOCKS = """{
    let ahead = Number(localStorage.getItem("ahead") ?? START);
    const real = Date, steady = performance.now.bind(performance), now = () => real.now() + ahead;
    globalThis.Date = class extends real { constructor(...a) { a.length ? super(...a) : super(now()); } static now() { return now(); } };
    performance.now = () => steady() + ahead;
    globalThis.pass = (ms) => { ahead += ms; localStorage.setItem("ahead", String(ahead)); };
}"""
WORK = """async ([number, each]) => {
    for (let made = 0; made < number; made += 1) {
        pass(each);
        document.querySelector("[data-vehicle=car]").click();
        if (made % 20 === 19) await new Promise((go) => setTimeout(go, 0));
    }
}"""


def work(page: Any, number: int, pause_ms: int) -> None:
    """So many vehicles, one every `pause_ms` of the phone's time; returns when each is durable."""
    before = count(page, "outbox")
    page.evaluate(WORK, [number, pause_ms])
    until = time.monotonic() + 240
    while count(page, "outbox") < before + number:
        assert time.monotonic() < until, "Not every tap became a record."
        page.wait_for_timeout(100)


@pytest.mark.long
def test_ten_thousand_records_of_seven_days_arrive_over_a_bad_link(new_phone, server, a_week_ago):
    server.kill()
    server.more |= a_week_ago
    server.start()
    link = Link(to=server.port).start()
    phone = new_phone(url=f"http://localhost:{link.port}")
    phone.page.add_init_script(CLOCKS.replace("START", str(-DAYS * 86_400_000)))
    phone.enrol(server.ask("invite", "G1"))
    phone.context.set_offline(True)
    server.kill()
    for name in a_week_ago:
        server.more.pop(name)
    server.start()

    pause_ms = DAYS * 86_400_000 // RECORDS
    for day in range(DAYS):
        if day:
            phone.open_again()  # a new morning: the app is opened anew, without a network
        phone.page.get_by_role("button", name="渡口卡点").click()
        phone.page.locator("[data-vehicle=car]").wait_for()
        work(phone.page, RECORDS // DAYS if day < DAYS - 1 else RECORDS - (DAYS - 1) * (RECORDS // DAYS), pause_ms)
    assert server.records() == []

    link.delay_s, link.loss, link.cut_every_s = 0.2, 0.10, 30.0
    began = time.monotonic()
    phone.context.set_offline(False)
    call_now(phone.page)
    phone.all_sent(600_000)
    assert link.cuts >= 2, "The link was hardly ever cut: it proves little."
    print(f"10,000 records over the bad link: {time.monotonic() - began:.0f} s, {link.cuts} cuts")
    link.stop()

    arrived = server.records()
    assert_each_is_there_once(server, phone.page)
    assert [each["seq"] for each in arrived] == list(range(1, RECORDS + 1))
    standings = [standing for _, _, standing in rows(phone.page)]
    assert len(standings) == RECORDS
    assert standings.count("duplicate") <= BATCH * link.cuts, "After a cut it began anew instead of where it stopped."
    days = {each["at"][:10] for each in arrived}
    assert len(days) in {DAYS, DAYS + 1}
