"""Ben keeps a key population: makes it, adds its people, sees who is overdue, draws by lot and shows the proof."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in, through_menu
from tests.town import TOWN, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "zh-hans": {"menu": "重点人群", "add": "加入人员", "draw": "随机抽检", "again": "重抽核对：名单与抽中人员一致"},
    "en": {"menu": "Key populations", "add": "Add people", "draw": "Draw by lot", "again": "Drawn again: the same list"},
}  # fmt: skip


@pytest.fixture
def market(transactional_db: None, tmp_path: Path) -> Field:
    """The small county with a group of market people of whom nobody was sampled since the day before yesterday."""
    build(tmp_path)
    field = Field(now=clock.now() - timedelta(days=2))
    field.record("routine.group_set", area=TOWN, data={"group": "KP-1", "label": "集市摊主", "category": "services"})
    for person in ("P1", "P3"):
        field.record("routine.member_added", area=TOWN, person=person, data={"group": "KP-1"})
    account("ben", "town_clerk", TOWN, member="W3")
    return field


def from_the_menu(page: Page, word: str) -> None:
    """Opens a page by its line in the menu."""
    through_menu(page, page.locator("#menu .menu-line").filter(has=page.get_by_text(word, exact=True)))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_makes_a_group_fills_it_and_draws_from_it(market: Field, desk: Page, live_server: Any, language: str, axe: Any, picture: Any):
    words = WORDS[language]
    signed_in(desk, live_server.url, "ben")
    from_the_menu(desk, words["menu"])
    axe(desk)
    desk.locator(f"a[href='/routine/{TOWN}/new/']").first.click()
    desk.fill("[name=group]", "SCH-1")
    desk.fill("[name=label]", "河口小学")
    desk.select_option("[name=category]", "pupils")
    desk.fill("[name=percent]", "50")
    axe(desk)
    desk.locator("main form.form button[type=submit]").click()

    desk.get_by_role("link", name=words["add"]).click()
    desk.fill("[name=people]", "P1\nP2\nP4\nP5")
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator(".toast-line")).to_contain_text("4")

    desk.get_by_role("link", name=words["draw"]).click()
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator("[role=status]", has_text=words["again"])).to_be_visible()
    axe(desk)
    picture(desk, "draw")
    assert len(Event.objects.get(kind="routine.drawn").data["drawn"]) == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_sees_on_the_phone_who_is_overdue_and_samples_at_home(market: Field, phone: Page, live_server: Any, language: str, axe: Any):
    go = signed_in(phone, live_server.url, "ben")
    go(f"/routine/{TOWN}/persons/")
    expect(phone.locator("table tbody tr")).to_have_count(2)
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    phone.locator("a[href*='testing.sampled']").first.click()
    phone.fill("[name=tube]", "T-900")
    phone.locator("main form button[type=submit]").last.click()

    expect(phone.locator("table tbody tr")).to_have_count(1)
    assert [(event.data["tube"], event.data["mode"]) for event in Event.objects.filter(kind="testing.sampled")] == [("T-900", "home")]
