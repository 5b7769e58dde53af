"""Nothing that was acknowledged is lost and nothing is doubled: the server is killed, the network cut, the same push sent again."""

import json
import random
import threading
import time
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page

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

    assert any(held_at_kills), "No kill came while something was on its way."
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


def test_the_same_push_eight_times_at_once_is_answered_well_each_time(at_the_gate, server):
    phone = at_the_gate()
    sent: list[Any] = []
    phone.page.on("request", lambda request: sent.append(request) if request.url.endswith("/push") else None)
    tap_vehicles(phone.page, 30)
    call_now(phone.page)
    phone.all_sent()
    headers, body = sent[0].all_headers(), sent[0].post_data_buffer
    answers: list[tuple[int, set[str]]] = []

    def push() -> None:
        kept = {name: value for name, value in headers.items() if name in {"authorization", "x-device", "content-type", "content-encoding"}}
        request = urllib.request.Request(f"{server.url}/api/v1/push", data=body, headers=kept)
        with urllib.request.urlopen(request) as answer:
            answers.append((answer.status, {each["status"] for each in json.load(answer)["answers"]}))

    threads = [threading.Thread(target=push) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(200, {"duplicate"})] * 8
    assert_each_is_there_once(server, phone.page)


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
