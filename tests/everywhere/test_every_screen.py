"""Every screen in a real browser: axe finds nothing, nothing runs over a phone's edge, no script fails, no other host is asked."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.registry.models import Place, RosterRow
from closeknit.reports.closing import seal
from closeknit.reports.duty import owe
from tests.browser import violations
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.outward import a_form, a_notice
from tests.everywhere.papers import a_home_card, a_sheet
from tests.everywhere.populations import a_draw
from tests.everywhere.test_every_address import address_of
from tests.phones import a_phone
from tests.town import EAST, START, TOWN, WEST, Field, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_PAGES = {
    "console.sign_out",
    "daily.docx",
    "daily.text",
    "imports.workbook",
    "imports.check",
    "records.find",
    "enrolling.withdraw",
    "sheetentry.scan",
    "notices.close",
    "notices.press",
    "upward.fill",
    "upward.retire",
}
WAYS = (("town_clerk", 1280, "light"), ("town_clerk", 360, "dark"), ("administrator", 360, "light"))


@pytest.fixture
def lived_in(transactional_db: None, tmp_path: Path) -> dict[str, Any]:
    """The small county with a day that was sealed, and a sweep that runs while the test does."""
    build(tmp_path)
    field = Field()
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=START.date(), last_day=START.date())
    visit = field.record("doorknock.visited", household="H1", data={"outcome": "met", "present": 3})
    field.record("doorknock.visited", household="H2", data={"outcome": "refused"})
    found = field.record("registry.found", data={"what": "household", "landmark": "渡口"})
    field.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温", "due_at": "2022-03-18"})
    Place.objects.create(code="TS1", category="test_site", name="采样点", area=WEST, learned_at=START)
    field.record("testing.sampled", person="P1", place="TS1", data={"tube": "T-1", "pool": 10})
    field.record("checkpoints.person_checked", place="CP1", data={"decision": "referred", "reason": "发热"})
    with clock.at(START + timedelta(hours=10)):
        seal(WEST, START.date(), by="ben")
    draw = a_draw(field)
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(hours=1), "to": now + timedelta(days=1)})
    account("sample", "grid_worker", WEST)
    a_phone()
    return {"visit": visit.id, "draw": draw.id, "found": found.id, "row": RosterRow.objects.current().get(person="P6").id, **a_sheet(), **a_home_card(), **a_form(), **a_notice()}


def enter(page: Page, client: Any, url: str, role: str) -> None:
    """Signs the browser in with the session of a client that was."""
    client.force_login(account(f"reader-{role}", role, TOWN, member="W3"))
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}]
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("role", "width", "scheme"), WAYS)
def test_every_screen_is_open_to_everybody_who_may_see_it(lived_in, window, client, live_server, language, role, width, scheme):
    page = window(width, 800, color_scheme=scheme)
    enter(page, client, live_server.url, role)
    wrong, looked_at = [], 0

    for one in ADDRESSES:
        if one.name in NO_PAGES or one.lies_in == "gone":
            continue
        address = address_of(one, lived_in)
        if client.get(address).status_code != 200:
            continue
        page.goto(live_server.url + address)
        looked_at += 1
        wrong += [(one.name, found) for found in violations(page)]
        over = page.evaluate("document.documentElement.scrollWidth")
        if over > width:
            wrong.append((one.name, f"{over} px wide on {width}"))

    assert looked_at > (40 if role == "town_clerk" else 20)
    assert not wrong, "\n" + "\n".join(f"{name}: {found}" for name, found in wrong)
