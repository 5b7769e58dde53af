"""The isolation desk: the secretary orders by a rule and asks for a car; the site's staff takes the person in, gives a room and reads."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.isodesk.tests.places import site
from tests.browser import signed_in, through_menu
from tests.town import EAST, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town_with_a_site(transactional_db: None, tmp_path: Path) -> Field:
    """A site in the eastern village, and a return that was declared this morning."""
    build(tmp_path)
    field = Field(now=clock.now())
    site(field, tmp_path)
    field.record("returnees.declared", person="P3", data={"name": "单田芳", "origin": "430100", "arrived_at": "2022-03-17"})
    account("ana", "village_secretary", WEST, member="W1")
    account("staff", "isolation_staff", EAST, member="W2")
    return field


def said(kind: str) -> list[dict[str, Any]]:
    """What was recorded of a kind, in order."""
    return [event.told() for event in Event.objects.filter(kind=f"isolation.{kind}").order_by("arrival")]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_somebody_is_ordered_brought_housed_and_read(
    town_with_a_site: Field, desk: Page, phone: Page, live_server, language: str, axe, picture: Any
):
    signed_in(desk, live_server.url, "ana")
    through_menu(desk, desk.locator(f"#menu a[href='/isolation/{WEST}/']"))
    desk.locator(f"a[href='/isolation/{WEST}/begin/']").click()
    desk.fill("[name=who]", "单田芳")
    desk.locator("main form button[type=submit]").click()
    desk.locator("a[href='/isolating/P3/']").click()
    desk.locator(".page-actions a[href='/isolation-order/isolating/P3/']").click()
    desk.locator("[name=rule][value=risk_high]").check(force=True)
    desk.locator("[name=evidence]").first.check(force=True)
    desk.locator("[name=told][value=paper]").check(force=True)
    axe(desk)
    desk.locator("main form button[type=submit]").click()
    expect(desk.locator("main .card-box ol li")).to_have_count(5)
    axe(desk)
    picture(desk, "isolation-notice")
    desk.goto(f"{live_server.url}/isolation-say/transferred/isolating/P3/")
    desk.locator("[name=to]").select_option("ISO1")
    desk.fill("[name=vehicle]", "湘U·00001")
    desk.locator("main form button[type=submit]").click()
    desk.locator("button[name=stage]").click()
    expect(desk.locator("button[name=stage][value=arrived]")).to_be_visible()

    signed_in(phone, live_server.url, "staff")
    phone.goto(f"{live_server.url}/isolation/{EAST}/?state=moving")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.locator("a[href='/isolating/P3/']").click()
    phone.locator("button[name=stage][value=arrived]").click()
    phone.locator(".page-actions a[href='/isolation-say/room_given/isolating/P3/']").click()
    phone.fill("[name=room]", "101")
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_url("**/isolating/P3/")
    phone.goto(f"{live_server.url}/isolation/{EAST}/readings/?period=morning")
    phone.fill("[name=t-P3]", "36.6")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.locator("main form button").click()
    expect(phone.locator(".toast-line")).to_be_visible()

    phone.goto(f"{live_server.url}/isolation/{EAST}/")
    picture(phone, "isolation-desk")
    assert [each["stage"] for each in said("transferred")] == ["requested", "left", "arrived"]
    assert (said("transferred")[1]["handed_over_by"], said("transferred")[2]["received_by"]) == ("村干部甲", "村干部乙")
    assert (said("room_given"), said("checked")) == ([{"room": "101"}], [{"period": "morning", "temperature": 36.6}])
