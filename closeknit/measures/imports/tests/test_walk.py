"""A walk in a real browser: find somebody, add whom no list knows and take it back, bring a dirty workbook in and mend a row."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from closeknit.registry.models import Person, RosterRow
from closeknit.registry.tests.roster_files import workbook
from tests.town import Cast, id_no

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ID_1, ID_2 = id_no("19510101", 11), id_no("19520202", 12)
BAD = ID_1[:-1] + ("1" if ID_1[-1] != "1" else "2")
SHEET = [
    ("某村摸排表",),
    ("人员编号", "户编号", "姓名", "身份证号", "所属村(社区)", "备考"),
    ("N1", "NH1", "甲一", BAD, "西坪村", ""),
    ("N2", "NH1", "", ID_2, "西坪村", "x"),
]


@pytest.fixture
def ben(cast: Cast, desk: Page, live_server) -> Page:
    desk.goto(f"{live_server.url}/sign-in/")
    desk.fill("[name=username]", "ben")
    desk.fill("[name=password]", "knock-knock-99")
    desk.click(".sign-in button")
    desk.wait_for_load_state("load")
    desk.locator("h1").wait_for()
    return desk


def test_find_somebody_by_pinyin_and_open_the_household(ben: Page, axe: Callable[[Page], None]):
    ben.wait_for_function("document.readyState === 'complete'")
    ben.keyboard.press("/")
    ben.keyboard.type("lulanli", delay=30)
    hit = ben.locator("#hits a", has_text="卢兰利").first
    hit.wait_for()
    ben.keyboard.press("ArrowDown")
    expect(ben.locator("#hits a").first).to_be_focused()
    ben.keyboard.press("ArrowUp")
    expect(ben.locator("#search")).to_be_focused()
    hit.click()

    expect(ben.locator("h1")).to_have_text("卢兰利")
    axe(ben)
    ben.locator(".crumbs a").last.click()
    expect(ben.locator("h1")).to_have_text("1组1号")
    expect(ben.locator("tr[data-code=P2]")).to_contain_text("卢小河")
    axe(ben)


def test_show_the_numbers_of_one_person_with_a_purpose(ben: Page, live_server):
    ben.goto(f"{live_server.url}/person/P1/")
    ben.get_by_text("查看完整号码").click()
    ben.locator("input[value=visit]").check()
    ben.get_by_role("button", name="本次查看").click()

    expect(ben.locator("main")).to_contain_text(id_no("19620702", 1))


def test_add_a_family_whom_no_list_knows_and_take_it_back(ben: Page, live_server, axe: Callable[[Page], None]):
    ben.goto(f"{live_server.url}/found/")
    ben.get_by_role("link", name="登记户").click()
    axe(ben)
    ben.get_by_label("户主姓名").fill("渡口人家")
    ben.get_by_label("位置说明").fill("旧船坞旁")
    ben.get_by_role("button", name="保存").click()

    expect(ben.locator("h1")).to_have_text("渡口人家")
    ben.get_by_role("button", name="撤销").click()
    expect(ben.locator(".toasts")).to_contain_text("已撤销")
    expect(ben.locator("main")).not_to_contain_text("渡口人家")


def test_bring_a_dirty_workbook_in_and_mend_a_row(ben: Page, live_server, tmp_path: Path, axe: Callable[[Page], None]):
    ben.goto(f"{live_server.url}/imports/bring/")
    axe(ben)
    ben.set_input_files("#f-files", workbook(tmp_path / "摸排.xlsx", {"西坪村": SHEET}))
    ben.get_by_role("button", name="导入", exact=True).click()
    expect(ben.locator("main")).to_contain_text("备考")
    axe(ben)
    ben.goto(f"{live_server.url}/imports/rows/")
    axe(ben)
    ben.get_by_role("link", name=re.compile("摸排.xlsx · 西坪村 · 3")).click()
    ben.wait_for_load_state("load")
    ben.locator("#f-id_no").fill("")
    ben.locator("#f-id_no").press_sequentially(ID_1)

    expect(ben.locator("#id-check")).to_contain_text("1951-01-01")
    axe(ben)
    ben.locator("#f-reason").fill("对照身份证")
    ben.get_by_role("button", name="保存").click()

    expect(ben.locator(".toasts")).to_contain_text("已更正")
    assert Person.objects.current().get(code="N1").doubt == ""
    assert RosterRow.objects.current().get(person="N1").status == "accepted"


def test_a_large_workbook_shows_its_progress_and_ends_by_itself(ben: Page, live_server, tmp_path: Path):
    people = [(f"M{number}", f"MH{number // 4}", f"甲{number}", id_no("19600101", number % 999), "东岭村", "") for number in range(9000)]
    ben.goto(f"{live_server.url}/imports/bring/")
    ben.set_input_files("#f-files", workbook(tmp_path / "大.xlsx", {"东岭村": [SHEET[1], *people]}))
    ben.get_by_role("button", name="导入", exact=True).click()

    expect(ben.locator("[role=status]")).to_contain_text("正在读取")
    expect(ben.locator(".tiles")).to_contain_text("已接收", timeout=30_000)


def test_the_pages_can_be_read_on_a_phone(cast: Cast, phone: Page, live_server, axe: Callable[[Page], None]):
    phone.goto(f"{live_server.url}/sign-in/")
    phone.fill("[name=username]", "ana")
    phone.fill("[name=password]", "knock-knock-99")
    phone.click(".sign-in button")
    phone.locator("h1").wait_for()

    for address in (
        "/area/990101101201/",
        "/household/H1/",
        "/person/P1/",
        "/found/",
        "/found/add/",
        "/area/990101101201/persons/",
        "/imports/rows/",
    ):
        phone.goto(f"{live_server.url}{address}")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(phone)
