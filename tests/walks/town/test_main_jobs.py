"""Each role's main job on Pushi, from the menu: what is pressed, and what the screen then says."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.field.phones import Phone
from tests.walks.town.conftest import PATIENCE_MS, PUSHI, House, Seat

VILLAGE, TOWN, COUNTY = PUSHI.village, PUSHI.town, PUSHI.county
ROWS, SIZE = "main table[data-rows] tbody tr", ".list-line strong"
BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])
Sit = Callable[[str], Seat]
pytestmark = pytest.mark.browser


def size(page: Page) -> int:
    """How many rows a list has, on all of its pages: how many are left hangs on the hour."""
    found = re.search(r"\d+", page.locator(SIZE).inner_text())
    assert found
    return int(found[0])


def rows(number: int) -> re.Pattern[str]:
    """What a list says that has so many rows."""
    return re.compile(rf"^\D*{number}\D*$")


@BOTH
def test_a_grid_worker_closes_a_door_of_the_gap_list(seat: Sit, language: str):
    grid = seat("grid")
    page = grid.menu(f"/doorknock/{VILLAGE}/gaps/")
    left = size(page)
    grid.picture("grid-doors")

    page.locator(f"{ROWS} a[href*='outcome=met']").first.click()
    page.locator("[name=leaflet]").check(force=True)
    grid.save()

    expect(page.locator(SIZE)).to_have_text(rows(left - 1))
    expect(page.locator(".toast-line .btn-undo")).to_be_visible()


@BOTH
def test_a_secretary_adds_a_family_that_no_list_knows(seat: Sit, language: str):
    village = seat("village")
    page = village.menu(f"/doorknock/{VILLAGE}/gaps/")
    left = size(page)
    page.locator(".page-actions a[href*='/found/add/']").click()
    page.fill("[name=name]", "滕水生")
    page.fill("[name=landmark]", "渡口上首第二家")
    village.picture("village-found")
    village.save()

    village.menu(f"/doorknock/{VILLAGE}/gaps/")
    expect(page.locator(SIZE)).to_have_text(rows(left + 1))
    page.locator("#list-words").fill("滕水生")
    page.locator("#list-words").press("Enter")
    expect(page.locator(ROWS, has_text="滕水生").first).to_be_visible()
    village.picture("village-doors")


@BOTH
def test_a_clerk_sends_a_directive_and_notes_who_was_told_by_telephone(seat: Sit, language: str):
    clerk = seat("clerk")
    expect(clerk.page.locator(ROWS).first).to_be_visible()
    clerk.picture("clerk-home")
    page = clerk.menu(f"/directives/{TOWN}/")
    page.locator(f"a[href='/directives/{TOWN}/new/']").first.click()
    page.fill("[name=title]", "今晚八时前完成夜间值守排班")
    page.fill("[name=text]", "各村（社区）于今晚八时前报夜间值守名单，两人一班，不得空岗。")
    clerk.save()

    tree = page.url.removesuffix("/")
    page.goto(f"{tree}/told/?to={VILLAGE}")
    clerk.save()
    told = page.locator(ROWS, has_text="浦溪村")
    expect(told).to_contain_text({"zh-hans": "电话", "en": "telephone"}[language])
    clerk.picture("clerk-directive")


@BOTH
def test_a_county_supervisor_goes_from_the_map_to_a_village_and_hands_a_problem_over(seat: Sit, language: str):
    county = seat("county")
    page = county.menu(f"/coverage-map/{COUNTY}/")
    page.locator(f"a[href='/coverage-map/{TOWN}/']").first.click()
    page.wait_for_url(f"**/coverage-map/{TOWN}/")
    county.picture("county-map")

    county.menu(f"/problems/{COUNTY}/")
    page.locator(".page-actions a[href*='/record/supervision.found/']").click()
    number = page.input_value("[name=problem]")
    page.fill("[name=unit]", VILLAGE)
    page.fill("[name=title]", "夜间值守不足两人")
    county.save()
    page.goto(f"{page.url.split('/problems/')[0]}/problem/{number}/")
    expect(page.locator("h1")).to_contain_text(number)
    county.picture("county-problem")


@BOTH
def test_an_inspector_inspects_a_shop_and_orders_it_to_put_right(seat: Sit, language: str):
    inspector = seat("inspector")
    page = inspector.menu(f"/inspections/{TOWN}/")
    inspector.picture("inspector-places")
    page.locator(f"{ROWS} a[href^='/inspected/']").nth({"zh-hans": 3, "en": 4}[language]).click()
    page.locator(".page-actions a[href^='/inspect/']").click()
    page.fill("[name=run]", f"r-{language}")
    page.locator("[name=findings]").first.check(force=True)
    page.locator("[name=actions][value=rectify]").check(force=True)
    inspector.save()

    page.wait_for_url("**/inspected/**")
    expect(page.locator("main a[href^='/act/']").first).to_be_visible()
    inspector.picture("inspector-shop")


@BOTH
def test_gate_staff_record_a_vehicle_at_their_post(seat: Sit, language: str):
    gate = seat("gate")
    page = gate.menu(f"/checkpoints/{VILLAGE}/")
    page.locator(f"{ROWS} a[href^='/checkpoint/']").first.click()
    page.wait_for_url("**/checkpoint/**")
    before = _number(page)
    page.locator(".page-actions a.btn-primary").click()
    page.locator("[name=vehicle][value=truck]").check(force=True)
    page.locator("[name=decision][value=admitted]").check(force=True)
    gate.save()

    page.wait_for_url("**/checkpoint/**")
    assert _number(page) == before + 1
    gate.picture("gate-post")


def _number(page: Page) -> int:
    """Today's vehicles, the first number of a post's page."""
    return int(page.locator(".post-numbers tbody td").first.inner_text())


@BOTH
def test_an_epidemiologist_opens_a_case(seat: Sit, language: str):
    analyst = seat("analyst")
    page = analyst.menu(f"/investigations/{COUNTY}/")
    page.locator(f"a[href='/investigations/{COUNTY}/new/']").first.click()
    page.fill("[name=matter]", "外省返回人员，落地检测阳性，追查途经场所。")
    page.locator("[name=staff]").first.check(force=True)
    analyst.save()
    expect(page.locator("main")).to_contain_text("落地检测阳性")
    analyst.picture("analyst-case")


@BOTH
def test_the_laboratory_receives_what_waits_and_gives_results(seat: Sit, language: str):
    lab = seat("lab")
    page = lab.menu(f"/laboratory/{TOWN}/")
    lab.picture("lab-desk")
    page.locator(".page-actions a[href$='/receive/']").click()
    page.fill("[name=lab]", "县疾控中心")
    page.fill("[name=tubes]", f"LAB-{language}-1")
    lab.save()
    page.goto(page.url.split("/laboratory/")[0] + f"/laboratory/{TOWN}/results/")
    page.fill("[name=tubes]", f"LAB-{language}-1")
    page.locator("[name=result][value=negative]").check(force=True)
    page.fill("[name=lab]", "县疾控中心")
    lab.save()
    expect(page.locator(".toast-line")).to_be_visible()


@BOTH
def test_site_staff_read_a_temperature_and_note_what_somebody_needs(seat: Sit, language: str):
    site = seat("isolation")
    page = site.menu(f"/isolation/{TOWN}/")
    site.picture("isolation-desk")
    page.locator(f"{ROWS} a[href^='/isolating/']").first.click()
    page.locator(".page-actions a[href*='/isolation-say/checked/']").click()
    page.fill("[name=temperature]", "36.5")
    site.save()
    page.locator(".page-actions a[href*='/isolation-say/needs_told/']").click()
    page.locator("[name=needs][value=medicine]").check(force=True)
    site.save()
    expect(page.locator("main")).to_contain_text({"zh-hans": "药", "en": "edicine"}[language])
    site.picture("isolation-person")


@BOTH
def test_a_supplies_clerk_delivers_takes_it_back_and_delivers(seat: Sit, language: str):
    supplies = seat("supplies")
    page = supplies.menu(f"/deliveries/{TOWN}/")
    supplies.picture("supplies-deliveries")
    left = size(page)
    for step in (left - 1, left, left - 1):
        page.locator(".toast-line .btn-undo" if step == left else f"{ROWS} button.btn-primary").first.click()
        expect(page.locator(SIZE)).to_have_text(rows(step))


@BOTH
def test_an_administrator_makes_an_account_and_shows_its_password_once(seat: Sit, language: str):
    admin = seat("admin")
    page = admin.menu("/accounts/")
    admin.picture("admin-accounts")
    page.locator("a[href='/accounts/new/']").first.click()
    page.fill("[name=username]", f"new-{language}")
    page.fill("[name=name]", "新到干部")
    page.select_option("[name=role]", "village_secretary")
    page.fill("[name=area]", VILLAGE)
    admin.save()
    expect(page.locator("main")).to_contain_text(re.compile(r"[a-z]{6,}-[a-z]{6,}-[a-z]{6,}"))


@BOTH
def test_a_resident_reads_what_a_card_shows(seat: Sit, phone: Page, house: House, language: str, picture: Any):
    village = seat("village")
    page = village.menu(f"/cards/{VILLAGE}/")
    page.locator(f"{ROWS} a[href^='/cards/of/']").first.click()
    page.locator(".page-actions a[href*='/print/']").click()
    expect(page.locator(".home-card")).to_have_count(1)
    phone.goto(f"{house.server.url}/r/")
    phone.fill("[name=code]", page.locator(".home-code").inner_text())
    phone.locator("button.send").click()
    expect(phone.locator("a[href='/r/return/']")).to_be_visible()
    picture(phone, "town-resident")


@BOTH
def test_a_clerk_enrols_a_phone_and_the_day_stands_on_it(seat: Sit, phone: Page, house: House, language: str, picture: Any):
    clerk = seat("clerk")
    page = clerk.menu("/phones/")
    page.locator("a[href='/phones/enrol/']").first.click()
    page.locator(f"{ROWS} a").first.click()
    page.locator("main form[method=post] button.btn-primary").first.click()
    code = page.locator(".address").inner_text().split("=")[-1]
    Phone(phone, house.server.url, language).enrol(code).all_sent()
    expect(phone.locator("main .card:not(.center)").first).to_be_visible()
    expect(page.get_by_role("link", name={"zh-hans": "查看此手机", "en": "To this phone"}[language])).to_be_visible(timeout=PATIENCE_MS)
    picture(phone, "town-phone-day")
