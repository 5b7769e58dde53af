"""Every screen in a real browser: axe finds nothing, nothing runs over a phone's edge, no script fails, no other host is asked."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from closeknit.access.roles import permissions
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from tests.browser import violations
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.samples import Samples, address_of, lived_in
from tests.town import TOWN, Field, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_PAGES = {
    "console.sign_out",
    "imports.check",
    "records.find",
    "enrolling.withdraw",
    "sheetentry.scan",
    "notices.close",
    "notices.press",
    "upward.fill",
    "upward.retire",
}
WAYS = (  # each screen in both languages, at both widths, in both looks; the last way only what the town's clerk may not open
    ("town_clerk", 1280, "light", "zh-hans"), ("town_clerk", 360, "dark", "en"), ("administrator", 360, "light", "zh-hans"),
)  # fmt: skip


@pytest.fixture
def samples(transactional_db: None, tmp_path: Path) -> Samples:
    """The small county with a day that was sealed, and a sweep that runs while the test does."""
    build(tmp_path)
    made = lived_in(Field())
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(hours=1), "to": now + timedelta(days=1)})
    return made


def enter(page: Page, client: Any, url: str, role: str) -> None:
    """Signs the browser in with the session of a client that was."""
    client.force_login(account(f"reader-{role}", role, TOWN, member="W3"))
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}]
    )


@pytest.mark.long
@pytest.mark.parametrize(("role", "width", "scheme", "language"), WAYS)
def test_every_screen_is_open_to_everybody_who_may_see_it(samples, window, client, live_server, language, role, width, scheme):
    page = window(width, 800, color_scheme=scheme)
    enter(page, client, live_server.url, role)
    wrong, looked_at = [], 0

    for one in ADDRESSES:
        seen_before = role != "town_clerk" and (not one.permission or one.permission in permissions("town_clerk"))
        if one.name in NO_PAGES or one.lies_in == "gone" or seen_before:
            continue
        address = address_of(one, samples)
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page.goto(live_server.url + address)
        looked_at += 1
        wrong += [(one.name, found) for found in violations(page)]
        over = page.evaluate("document.documentElement.scrollWidth")
        if over > width:
            wrong.append((one.name, f"{over} px wide on {width}"))

    assert looked_at > (150 if role == "town_clerk" else 2)
    assert not wrong, "\n" + "\n".join(f"{name}: {found}" for name, found in wrong)
