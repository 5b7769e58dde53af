"""The gate: one tap a vehicle, a verdict by the pack for everybody, care that always passes; and no name but one that was typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.field.inside import count
from tests.field.screens import figures, over_edge_in_every_type, taps, until_kept, watch_taps
from tests.town import WEST

pytestmark = pytest.mark.browser
NO_FEVER, FEVER = "365", "378"


@pytest.fixture
def at_the_gate(enrolled):
    """A phone without a network at its gate."""
    phone = enrolled("G1")
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="渡口卡点").tap()
    phone.page.locator("[data-vehicle=car]").wait_for()
    return phone


def person(page: Page, *, degrees: str = NO_FEVER) -> None:
    """Somebody came, and was measured: one tap, and one a digit."""
    if page.locator("[data-person]").is_visible():
        page.locator("[data-person]").tap()
    for digit in degrees:
        page.locator(".keys").get_by_role("button", name=digit, exact=True).tap()


def last_test(page: Page, answer: str) -> None:
    page.locator("[data-asks=test]").get_by_role("button", name=answer, exact=True).tap()


def decide(page: Page, decision: str) -> None:
    page.locator(f".decide .{decision}").tap()


def verdict(page: Page) -> str:
    """The two sentences of the card."""
    return f"{page.locator('.answer .said').inner_text()} | {page.locator('.answer .more').inner_text()}"


def test_one_tap_lets_one_vehicle_pass_and_care_passes_with_nothing_asked(at_the_gate, server):
    page = at_the_gate.page
    watch_taps(page)

    for vehicle in ("car", "car", "truck", "vessel"):
        page.locator(f"[data-vehicle={vehicle}]").tap()
    page.get_by_role("button", name="急难就医：立即放行").tap()
    until_kept(page, 5)

    assert taps(page) == 5
    expect(page.locator("[data-vehicle=car] b")).to_have_text("2")
    page.locator(".toast button").tap()
    until_kept(page, 6)
    page.get_by_role("button", name="急难就医：立即放行").tap()
    until_kept(page, 7)
    at_the_gate.send_all()
    records = server.records()
    assert [(each["kind"], each["place"], each["told"]) for each in records] == [
        *(("checkpoints.vehicle_checked", "CP1", {"vehicle": each, "decision": "admitted"}) for each in ("car", "car", "truck", "vessel")),
        ("checkpoints.person_checked", "CP1", {"emergency": True, "decision": "admitted"}),
        ("ledger.voided", "CP1", {"reason": "十秒内撤销"}),
        ("checkpoints.person_checked", "CP1", {"emergency": True, "decision": "admitted"}),
    ]
    assert records[5]["corrects"] == records[4]["id"]
    reckoned = figures(server, WEST)
    assert (reckoned["checkpoints.vehicles"], reckoned["checkpoints.vessels"], reckoned["checkpoints.persons"]) == (3, 1, 1)


def test_everybody_gets_the_verdict_of_the_pack_and_whoever_has_no_phone_the_same(at_the_gate, server):
    page = at_the_gate.page
    expect(page.get_by_role("button", name="48 小时", exact=True)).to_have_attribute("aria-pressed", "true")  # as the pack has it

    person(page)
    last_test(page, "24 小时内")
    with_a_phone = verdict(page)
    decide(page, "admitted")
    until_kept(page, 1)
    person(page)
    page.get_by_role("button", name="无手机").tap()
    last_test(page, "24 小时内")
    without = verdict(page)
    decide(page, "admitted")
    until_kept(page, 2)
    person(page)
    last_test(page, "72 小时内")
    too_old = verdict(page)
    decide(page, "turned_away")
    page.locator("form button[type=submit]").tap()
    until_kept(page, 3)
    person(page, degrees=FEVER)
    feverish = verdict(page)
    decide(page, "referred")
    page.locator("input[name=reason]").fill("")
    page.locator("form button[type=submit]").tap()
    expect(page.locator("form .error")).to_have_text("请写明原因，供后台和本人查阅。")
    held_without_a_reason = count(page, "outbox")
    page.locator("input[name=reason]").fill("发热")
    page.locator("form button[type=submit]").tap()
    until_kept(page, 4)
    person(page)
    page.get_by_role("button", name="不满 3 岁").tap()
    small_child = verdict(page)
    page.locator("input[name=name]").fill("游客甲")
    decide(page, "admitted")
    until_kept(page, 5)

    assert with_a_phone == "放行 | 体温正常（36.5℃，标准 37.3℃）。核酸 24 小时内，符合 48 小时要求。"
    assert without == with_a_phone
    assert too_old == "劝返 | 核酸在 72 小时内，要求 48 小时内。如为就医，请按“急难就医”。"
    assert feverish == "转交 | 体温 37.8℃，达到发热标准 37.3℃，请转至发热门诊。"
    assert small_child == "放行 | 体温正常（36.5℃，标准 37.3℃）。不满 3 岁，免查核酸。"
    assert held_without_a_reason == 3
    at_the_gate.send_all()
    assert [(each["person"], each["told"]) for each in server.records()] == [
        ("", {"decision": "admitted", "temperature": 36.5, "test_within_h": 24}),
        ("", {"decision": "admitted", "temperature": 36.5, "test_within_h": 24, "no_phone": True}),
        ("", {"decision": "turned_away", "temperature": 36.5, "test_within_h": 72, "reason": "核酸在 72 小时内，要求 48 小时内。"}),
        ("", {"decision": "referred", "temperature": 37.8, "reason": "发热"}),
        ("", {"decision": "admitted", "temperature": 36.5, "name": "游客甲"}),
    ]


def test_the_gate_fits_a_small_phone_in_every_type(at_the_gate):
    page = at_the_gate.page

    assert over_edge_in_every_type(page) == {}
    page.locator("[data-vehicle=car]").tap()
    person(page)
    assert over_edge_in_every_type(page) == {}
    last_test(page, "72 小时内")
    assert over_edge_in_every_type(page) == {}
