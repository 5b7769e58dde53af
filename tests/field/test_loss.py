"""Nothing that was acknowledged is lost and nothing is doubled: the server is killed, the network cut, the same push sent again."""

import gzip
import json
import random
import shutil
import threading
import time
import urllib.request
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.field.inside import TAPPED, call_now, count, rows, tap_vehicles
from tests.field.link import Link

pytestmark = pytest.mark.browser


def assert_each_is_there_once(server: Any, page: Page) -> None:
    """What the phone made is what the ledger holds: each id once, under its number."""
    made = sorted((id_, seq) for id_, seq, _ in rows(page))
    assert sorted((each["id"], each["seq"]) for each in server.records()) == made
    assert {standing for _, _, standing in rows(page)} <= {"accepted", "duplicate"}


@pytest.fixture
def at_the_gate(enrolled: Any) -> Any:
    """`at_the_gate(url=…)` gives a phone at its gate with the counters open."""

    def open_gate(**options: Any) -> Any:
        phone = enrolled("G1", **options)
        phone.page.get_by_role("button", name="渡口卡点").click()
        phone.page.locator("[data-vehicle=car]").wait_for()
        return phone

    return open_gate


@pytest.mark.long
def test_a_server_killed_fifty_times_loses_nothing_and_doubles_nothing(at_the_gate, server):
    phone, chance = at_the_gate(), random.Random(50)
    held_at_kills = []
    while server.kills < 50:
        tap_vehicles(phone.page, 20)
        call_now(phone.page)
        time.sleep(chance.uniform(0.0, 0.2))
        server.kill()
        held_at_kills.append(sum(standing == "unsent" for _, _, standing in rows(phone.page)))
        server.start()

    call_now(phone.page)
    phone.all_sent(60_000)

    on_its_way = sum(map(bool, held_at_kills))
    print(f"{on_its_way} of {server.kills} kills came while something was on its way")
    assert on_its_way >= 10
    assert_each_is_there_once(server, phone.page)


def test_two_windows_of_one_phone_make_no_number_twice(at_the_gate, server):
    phone = at_the_gate()
    other = phone.context.new_page()
    phone.context.set_offline(True)
    phone.context.set_offline(False)
    first, phone.page = phone.page, other
    phone.open_again()
    other.get_by_role("button", name="渡口卡点").click()
    other.locator("[data-vehicle=car]").wait_for()

    for _ in range(10):
        for page in (first, other):
            page.evaluate(TAPPED, [10, "[data-vehicle=car]"])
    until = time.monotonic() + 30
    while count(other, "outbox") < 200 and time.monotonic() < until:
        other.wait_for_timeout(50)
    call_now(first)
    call_now(other)
    phone.all_sent()

    assert sorted(seq for _, seq, _ in rows(other)) == list(range(1, 201))
    assert_each_is_there_once(server, other)


def _events(push: Any) -> int:
    """How many records a push carries."""
    body = push.post_data_buffer
    plain = gzip.decompress(body) if push.headers.get("content-encoding") == "gzip" else body
    return len(json.loads(plain)["events"])


def test_the_same_push_eight_times_at_once_is_answered_well_each_time(at_the_gate, server):
    phone = at_the_gate()
    sent: list[Any] = []
    phone.page.route("**/api/v1/push", lambda route: (sent.append(route.request), route.abort()))  # it goes out, and nothing arrives
    tap_vehicles(phone.page, 30)
    call_now(phone.page)
    while not sent or _events(sent[-1]) < 30:
        call_now(phone.page)
        phone.page.wait_for_timeout(100)
    headers, body = sent[-1].all_headers(), sent[-1].post_data_buffer
    answers: list[tuple[int, Counter[str]]] = []

    def push() -> None:
        kept = {name: value for name, value in headers.items() if name in {"authorization", "x-device", "content-type", "content-encoding"}}
        request = urllib.request.Request(f"{server.url}/api/v1/push", data=body, headers=kept)
        with urllib.request.urlopen(request) as answer:
            answers.append((answer.status, Counter(each["status"] for each in json.load(answer)["answers"])))

    threads = [threading.Thread(target=push) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [status for status, _ in answers] == [200] * 8
    assert sum((said for _, said in answers), Counter()) == {"accepted": 30, "duplicate": 7 * 30}
    phone.page.unroute("**/api/v1/push")
    call_now(phone.page)
    phone.all_sent()
    assert {standing for _, _, standing in rows(phone.page)} == {"duplicate"}
    assert_each_is_there_once(server, phone.page)


def test_what_a_restored_server_lacks_is_asked_for_and_sent_again(at_the_gate, server, tmp_path):
    phone = at_the_gate()
    server.kill()
    backup = shutil.copytree(server.home, tmp_path / "backup")
    server.start()
    tap_vehicles(phone.page, 5)
    call_now(phone.page)
    phone.all_sent()

    server.kill()
    shutil.rmtree(server.home)
    shutil.copytree(backup, server.home)
    server.start()
    tap_vehicles(phone.page, 1)
    call_now(phone.page)
    phone.all_sent()

    assert_each_is_there_once(server, phone.page)
    assert len(rows(phone.page)) == 6
    phone.page.locator("button.foot").click()
    expect(phone.page.locator(".notice.good")).to_contain_text("6")


def test_records_arrive_over_a_link_that_is_slow_loses_packets_and_is_cut(at_the_gate, server):
    link = Link(to=server.port).start()
    phone = at_the_gate(url=f"http://localhost:{link.port}")
    phone.context.set_offline(True)
    tap_vehicles(phone.page, 2_000)
    link.delay_s, link.loss = 0.2, 0.10
    phone.context.set_offline(False)
    call_now(phone.page)
    for _ in range(4):
        phone.page.wait_for_timeout(1_500)
        link.cut()
        call_now(phone.page)

    phone.all_sent(120_000)
    link.stop()

    assert link.cuts >= 4
    assert_each_is_there_once(server, phone.page)
    assert [each["seq"] for each in server.records()] == list(range(1, 2_001))
