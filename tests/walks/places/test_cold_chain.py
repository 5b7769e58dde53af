"""Ben keeps cold stores: names chiefs, prints the notice, holds goods; on a phone each page of stores and clinics fits."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Place
from tests.browser import signed_in, through_menu, violations
from tests.town import TOWN, WEST, Field, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "zh-hans": {"menu": "冷库", "name": "指定库长", "notice": "公示牌", "valid": "三级库长齐备", "goods": "登记到货", "hold": "暂扣"},
    "en": {"menu": "Cold stores", "name": "Name chiefs", "notice": "Public notice", "valid": "Three chiefs", "goods": "Goods arrived",
           "hold": "Hold"},
}  # fmt: skip
ON_PHONE = (
    f"/cold-stores/{TOWN}/", "/cold-store/CS1/", "/cold-store-notice/CS1/", "/cold-store-chiefs/CS2/", f"/goods/{TOWN}/",
    "/goods-batch/B-1/CS1/", f"/cold-posts/{TOWN}/", f"/cold-posts/{TOWN}/officers/", f"/clinics/{TOWN}/", "/clinic/C1/",
    f"/sectors/{TOWN}/", f"/sectors/{TOWN}/medicine/",
)  # fmt: skip


@pytest.fixture
def stores(transactional_db: None, tmp_path: Path) -> Field:
    """A store in order and one with a chief too few, goods without papers, a post, a clinic with a visit too few passed up, a round."""
    build(tmp_path)
    now = clock.now()
    others = (("CS2", "cold_store", "二号冷库"), ("CC1", "coldchain_post", "高速冷链查验点"), ("C1", "clinic", "河街诊所"))
    for code, category, name in others:
        chiefs = [["territory", "W1"], ["industry", "W2"]] if code == "CS2" else []
        Place.objects.create(code=code, category=category, name=name, area=WEST, chiefs=chiefs, learned_at=now - timedelta(days=3))
    field = Field(now=now - timedelta(days=1))
    day = (now - timedelta(days=2)).date().isoformat()
    field.record("coldchain.store_checked", place="CS1", data={"notice_posted": True, "problems": ["台账缺页"]})
    field.record("coldchain.batch_arrived", place="CS1", data={"batch": "B-1", "goods": "冻带鱼", "imported": True})
    field.record("coldchain.vehicle_checked", place="CC1", data={"decision": "admitted", "certificate": True})
    field.record("clinics.checked", place="C1", data={"triage": "fails", "fever_clinic": "none"})
    field.record("clinics.day_reported", place="C1", data={"day": day, "fever_visits": 2})
    span = {"from": now - timedelta(hours=1), "to": now + timedelta(days=1)}
    plan({**campaign("food-1", "sectors.food", {"category": ["shop"]}), **span})
    account("ben", "town_clerk", TOWN, member="W3")
    return field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_cld_01_ben_names_the_chiefs_prints_the_notice_and_holds_goods(
    stores: Field, desk: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    words = WORDS[language]
    go = signed_in(desk, live_server.url, "ben")
    through_menu(desk, desk.locator("#menu .menu-line").filter(has=desk.get_by_text(words["menu"], exact=True)))
    axe(desk)
    picture(desk, "cold-stores")
    desk.get_by_role("link", name="二号冷库").click()
    desk.get_by_role("link", name=words["name"]).click()
    desk.fill("[name=enterprise]", "老板")
    desk.fill("[name=reason]", "补齐")
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator("#f-enterprise-error")).to_contain_text("老板")
    axe(desk)
    desk.fill("[name=enterprise]", "镇干部")
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator("main .status-good", has_text=words["valid"])).to_be_visible()
    picture(desk, "cold-store")

    desk.get_by_role("link", name=words["notice"]).click()
    expect(desk.locator("main table")).to_contain_text("镇干部")
    axe(desk)
    picture(desk, "cold-store-notice")

    go("/goods-batch/B-1/CS1/")
    axe(desk)
    desk.locator(".page-actions").get_by_role("link", name=words["hold"]).click()
    desk.fill("[name=reason]", "缺检测报告")
    desk.locator("main form button[type=submit]").last.click()
    expect(desk.locator("main")).to_contain_text("缺检测报告")
    assert Event.objects.get(kind="coldchain.batch_decided").data["outcome"] == "held"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_enf_09_on_a_phone_every_page_fits_and_a_visit_is_passed_up(
    stores: Field, phone: Page, live_server: Any, language: str, picture: Any
):
    go = signed_in(phone, live_server.url, "ben")
    faults = {}
    for address in ON_PHONE:
        go(address)
        width = phone.evaluate("document.documentElement.scrollWidth")
        picture(phone, "phone" + address.replace("/", "-"))
        if found := [*violations(phone), *([f"{width} wide"] if width > 360 else [])]:
            faults[address] = found
    assert faults == {}

    go("/clinic/C1/")
    phone.locator("a[href*='clinics.passed_up']").click()
    phone.locator("[name=to][value=county]").check(force=True)
    phone.locator("main form button[type=submit]").last.click()

    expect(phone.locator("a[href*='clinics.passed_up']")).to_have_count(0)
    assert Event.objects.get(kind="clinics.passed_up").data["number"] == 2
