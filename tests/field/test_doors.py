"""Doors: one tap each where nobody is home, two where somebody is met; nothing counts twice, and all of it without a network."""

import pytest
from playwright.sync_api import Page, expect

from tests.field.inside import call_now, count
from tests.field.screens import figures, least, over_edge_in_every_type, taps, until_kept, watch_taps
from tests.field.world import FLATS
from tests.town import GRID, WEST

pytestmark = pytest.mark.browser
SWEEP = "全镇敲门"
CALM_MS = 650  # after this a door that opened by itself takes a tap


@pytest.fixture
def at_the_doors(enrolled):
    """A phone without a network, with the list of doors open."""
    phone = enrolled("W1")
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name=SWEEP).tap()
    phone.page.locator(".floors").wait_for()
    return phone


def outcome(page: Page, said: str) -> None:
    """One tap on what came of the visit."""
    page.locator(f"[data-outcome={said}]:enabled").tap()


def states(page: Page) -> dict[str, str]:
    """How the flats on the screen stand, by their number."""
    rows = page.locator(".flat").evaluate_all("(flats) => flats.map((each) => [each.dataset.door, each.dataset.state])")
    return {code.removeprefix("F"): state for code, state in rows}


def tally(page: Page) -> dict[str, int]:
    """The numbers at the head of the list."""
    read = "(all) => all.map((each) => [each.dataset.filter, each.querySelector('b').innerText])"
    rows = page.locator("[data-filter]").evaluate_all(read)
    return {name: int(number) for name, number in rows}


def back_to_the_list(page: Page) -> None:
    page.locator("button.back").tap()
    page.locator(".filters").first.wait_for()


def test_every_further_door_takes_one_tap_and_two_where_somebody_was_met(at_the_doors):
    page = at_the_doors.page
    watch_taps(page)
    page.get_by_role("button", name="村组及其他").tap()
    page.locator(".doorline[data-door=H1]").tap()

    outcome(page, "absent")
    until_kept(page, 1)
    to_the_first_record = taps(page) - 1  # the first tap chose the list of houses
    expect(page.locator("h1")).to_have_text("单田芳")
    page.wait_for_timeout(CALM_MS)
    outcome(page, "refused")
    until_kept(page, 2)
    to_the_second_record = taps(page) - 1
    page.wait_for_timeout(CALM_MS)
    outcome(page, "met")
    page.locator(".save").first.tap()
    until_kept(page, 3)
    to_the_third_record = taps(page) - 1

    assert (to_the_first_record, to_the_second_record, to_the_third_record) == (2, 3, 5)


def test_the_building_shows_floors_from_the_top_and_each_flat_as_it_stands(at_the_doors):
    page = at_the_doors.page

    floors = page.locator(".floor").evaluate_all("(all) => all.map((each) => each.dataset.floor)")

    assert floors == ["3", "2", "1"]
    assert states(page) == dict.fromkeys(FLATS, "todo")
    page.locator("[data-door=F201]").tap()
    outcome(page, "moved")
    until_kept(page, 1)
    back_to_the_list(page)
    assert states(page) == {**dict.fromkeys(FLATS, "todo"), "201": "moved"}
    assert tally(page) == {"todo": 8, "tried": 0, "done": 1, "all": 9}
    page.get_by_role("button", name="村组及其他").tap()
    assert page.locator(".doorline").evaluate_all("(all) => all.map((each) => each.dataset.door)") == ["H1", "H2", "H3"]


def test_undoing_leads_back_to_the_door_and_takes_the_record_back(at_the_doors, server):
    page = at_the_doors.page
    page.locator("[data-door=F101]").tap()
    outcome(page, "absent")
    expect(page.locator("h1")).to_contain_text("102")

    page.locator(".toast button").tap()

    expect(page.locator("h1")).to_contain_text("101")
    expect(page.locator(".where .badge")).to_have_text("未走访")
    back_to_the_list(page)
    assert states(page) == dict.fromkeys(FLATS, "todo")
    at_the_doors.context.set_offline(False)
    call_now(page)
    at_the_doors.all_sent()
    records = server.records()
    assert [(each["kind"], each["household"]) for each in records] == [("doorknock.visited", "F101"), ("ledger.voided", "F101")]
    assert figures(server, WEST)["doorknock.visits"] == 0


def test_a_whole_floor_goes_in_one_go_and_comes_back_with_one_undo(at_the_doors):
    page = at_the_doors.page
    page.locator("[data-whole='3']").tap()
    page.get_by_role("button", name="确认无人在家（2 户）").tap()
    until_kept(page, 2)
    expect(page.locator("[data-door=F302]")).to_have_attribute("data-state", "absent")
    after = states(page)

    page.locator(".toast button").tap()
    expect(page.locator("[data-door=F302]")).to_have_attribute("data-state", "todo")

    assert after == {**dict.fromkeys(FLATS, "todo"), "301": "absent", "302": "absent"}
    until_kept(page, 4)  # the two visits, and the two that take them back
    assert states(page) == dict.fromkeys(FLATS, "todo")


def test_a_double_tap_makes_one_record(at_the_doors):
    page = at_the_doors.page
    page.locator("[data-door=F101]").tap()

    page.locator("[data-outcome=absent]").dblclick()

    expect(page.locator("h1")).to_contain_text("102")
    page.wait_for_timeout(CALM_MS)
    assert count(page, "outbox") == 1
    outcome(page, "met")
    page.locator(".save").first.dblclick()
    expect(page.locator("h1")).to_contain_text("201")
    page.wait_for_timeout(CALM_MS)
    assert count(page, "outbox") == 2


def test_what_one_presses_is_large_and_nothing_lies_over_the_edge(at_the_doors):
    page = at_the_doors.page

    assert least(page, ".flat") >= 48
    assert least(page, "main button") >= 48
    assert over_edge_in_every_type(page) == {}
    page.get_by_role("button", name="村组及其他").tap()
    assert over_edge_in_every_type(page) == {}
    page.locator(".doorline[data-door=H1]").tap()
    assert least(page, ".outcome") >= 60
    assert over_edge_in_every_type(page) == {}
    outcome(page, "met")
    assert over_edge_in_every_type(page) == {}


def test_a_family_on_no_list_is_due_at_once_and_there_once_after_sending(at_the_doors, server):
    page, phone = at_the_doors.page, at_the_doors
    page.locator("[data-add=household]").tap()
    page.get_by_label("所属区域").select_option(WEST)
    page.get_by_label("户主姓名").fill("船上李")
    page.get_by_label("位置说明").fill("渡口第三条船")
    page.locator(".save").tap()
    expect(page.locator("h1")).to_have_text("船上李")
    expect(page.locator(".tally")).to_contain_text("未走访 10")
    page.wait_for_timeout(CALM_MS)
    outcome(page, "absent")
    until_kept(page, 2)
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()
    call_now(page)
    back_to_the_list(page)
    page.locator("[data-filter=tried]").tap()
    page.get_by_role("button", name="村组及其他").tap()

    found, visit = server.records()
    assert (found["kind"], found["told"]) == ("registry.found", {"what": "household", "name": "船上李", "landmark": "渡口第三条船"})
    assert (visit["kind"], visit["household"], visit["told"]) == ("doorknock.visited", f"found:{found['id']}", {"outcome": "absent"})
    expect(page.locator(".doorline")).to_have_count(1)
    assert page.locator(".doorline").get_attribute("data-door") == f"found:{found['id']}"
    assert tally(page) == {"todo": 9, "tried": 1, "done": 0, "all": 10}
    reckoned = figures(server, WEST)
    assert (reckoned["doorknock.due"], reckoned["doorknock.gap"]) == (10, 10)


def test_a_day_without_a_network_is_in_the_ledger_as_it_was_said_and_the_figures_are_the_phones(at_the_doors, server):
    page, phone = at_the_doors.page, at_the_doors
    page.get_by_role("button", name="村组及其他").tap()
    page.locator(".doorline[data-door=H1]").tap()
    assert page.locator("a.call").evaluate_all("(all) => all.map((each) => each.href)") == ["tel:19900000001"]
    page.get_by_role("button", name="有人返乡").tap()
    page.get_by_role("group", name="返乡的是谁？").get_by_role("button", name="卢小河").tap()
    page.get_by_label("来源地").fill("长沙")
    page.get_by_label("抵达时间").fill("2022-03-18T08:30")
    page.get_by_role("button", name="保存").tap()
    until_kept(page, 1)
    page.get_by_role("button", name="登记名册外人员").tap()
    page.get_by_label("姓名").fill("卢新来")
    page.locator(".save").tap()
    until_kept(page, 2)
    expect(page.locator(".people")).to_contain_text("卢新来")
    page.get_by_role("button", name="困难需求").tap()
    page.get_by_role("button", name="药品").tap()
    page.get_by_label("在家人数").fill("3")
    page.locator(".save").last.tap()
    until_kept(page, 3)
    page.wait_for_timeout(CALM_MS)
    outcome(page, "refused")
    until_kept(page, 4)
    page.wait_for_timeout(CALM_MS)
    outcome(page, "vacant")
    until_kept(page, 5)
    back_to_the_list(page)
    shown = tally(page)
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()

    returned, person, met, refused, vacant, asked = server.records()
    assert (returned["kind"], returned["household"], returned["person"]) == ("returnees.declared", "H1", "P2")
    assert returned["told"] == {"name": "卢小河", "origin": "长沙", "arrived_at": "2022-03-18T08:30:00.000+08:00", "way": "door"}
    assert (person["kind"], person["told"]) == ("registry.found", {"what": "person", "name": "卢新来", "household": "H1"})
    assert (met["household"], met["told"]) == ("H1", {"outcome": "met", "present": 3, "needs": ["药品"]})
    assert (refused["household"], refused["told"]) == ("H2", {"outcome": "refused"})
    assert (vacant["household"], vacant["told"]) == ("H3", {"outcome": "vacant"})
    assert (asked["kind"], asked["household"]) == ("care.help_requested", "H1")  # follows from the need that was told
    assert {each["member"] for each in server.records()} == {"W1"}
    reckoned = figures(server, WEST)
    assert shown == {"todo": 6, "tried": 1, "done": 2, "all": 9}
    assert {name: reckoned[f"doorknock.{name}"] for name in ("due", "settled", "gap", "refused", "visits", "visitors")} == {
        "due": shown["all"], "settled": shown["done"], "gap": shown["todo"] + shown["tried"], "refused": 1, "visits": 3, "visitors": 1,
    }  # fmt: skip
    assert figures(server, GRID)["doorknock.settled"] == 1


def test_of_twenty_thousand_persons_no_more_than_a_screenful_stands_in_the_page(enrolled, server):
    server.ask("crowd", "20000")
    page = enrolled("W1").page
    page.get_by_role("button", name=SWEEP).tap()
    page.get_by_role("button", name="村组及其他").tap()
    page.locator(".doorline").first.wait_for()
    box = page.locator(".scroller")
    most = 0

    for part in range(11):
        box.evaluate("(box, part) => { box.scrollTop = box.scrollHeight * part / 10; }", part)
        page.wait_for_function("[...document.querySelectorAll('.doorline')].some((each) => each.getBoundingClientRect().top < innerHeight)")
        most = max(most, page.locator(".doorline").count())

    expect(page.locator(".doorline").last).to_be_in_viewport()
    assert 0 < most < 60
