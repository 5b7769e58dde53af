"""A clerk enters a sheet of twenty doors by the keyboard alone; both pages are open to everybody."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from closeknit.access.models import Account
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.paper import printing, rows, scans
from closeknit.paper.models import Sheet
from closeknit.registry.importing import import_roster
from closeknit.reports.figures import Question, figure
from tests.everywhere.papers import CHINA, Picture
from tests.town import HEADINGS, TOWN, WEST, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_KEYS = 6  # for a plain outcome with its time


@pytest.fixture
def ben(transactional_db: None, tmp_path: Path) -> Account:
    """Ben, in a town whose western village has twenty doors left, in a sweep that began yesterday."""
    build(tmp_path)
    more = [(f"Q{n}", f"HQ{n:02}", "西坪村", f"何{n}", "", "", f"4组{n}号") for n in range(1, 18)]
    path = tmp_path / "more.csv"
    path.write_text("\n".join(",".join(line) for line in (HEADINGS, *more)), encoding="utf-8")
    import_roster([path], by="test")
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(days=2), "to": now + timedelta(days=1)})
    return account("ben", "town_clerk", TOWN, member="W3")


@pytest.fixture
def sheet(ben: Account) -> Sheet:
    """The twenty doors, for yesterday."""
    kind = kinds()["doorknock.visited"]
    stops = rows.in_walking_order("household", rows.everybody("household", WEST))
    day = (clock.now() - timedelta(days=1)).astimezone(CHINA).date()
    order = printing.Order(uuid4(), kind, WEST, day, "household", stops, campaign="today", member="W1")
    (made,) = printing.make(order, by="ben")
    return made


def enter(page: Page, client: Any, url: str, who: Account) -> None:
    client.force_login(who)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def test_a_sheet_of_twenty_doors_is_entered_by_the_keyboard_alone(ben, sheet, desk: Page, client, live_server, axe):
    enter(desk, client, live_server.url, ben)
    desk.goto(f"{live_server.url}/sheets/")
    desk.locator("#list-words").focus()
    desk.keyboard.type(f"CKS1:{sheet.code[:-1]}:{sheet.code[-1]}")  # as a scanner types it
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/sheets/{sheet.code}/")
    axe(desk)

    pressed = []
    for number in range(20):
        hour, minute = divmod(9 * 60 + number * 5, 60)
        keys = [*f"{hour}{minute:02}", "1" if number % 4 else "2", "Enter"]
        for key in keys:
            desk.keyboard.press(key)
        pressed.append(len(keys))
    desk.keyboard.press("Enter")

    expect(desk.locator("body")).to_contain_text("已录 20 行，共 20 行")
    axe(desk)
    assert max(pressed) <= MOST_KEYS
    visits = Event.objects.filter(kind="doorknock.visited").order_by("at")
    assert [(event.member, event.data["outcome"]) for event in visits] == [("W1", "met" if n % 4 else "absent") for n in range(20)]
    assert [event.at.astimezone(CHINA).strftime("%H:%M") for event in visits][:13:4] == ["09:00", "09:20", "09:40", "10:00"]
    settled = figure("doorknock.settled", Question(WEST, clock.now() - timedelta(days=2), clock.now()))
    assert settled is not None and settled.rows(Question(WEST, clock.now() - timedelta(days=2), clock.now())).value() == 15


def test_a_wrong_row_is_reached_and_put_right(ben, sheet, desk: Page, client, live_server):
    enter(desk, client, live_server.url, ben)
    desk.goto(f"{live_server.url}/sheets/{sheet.code}/")
    for key in (*"9051", "Enter", *"9109", "Enter"):
        desk.keyboard.press(key)
    desk.locator("[data-save]").click()

    expect(desk.locator("[data-focus]")).to_be_focused()
    expect(desk.locator("#r2-outcome")).to_have_value("9")
    desk.locator("[data-focus] a").click()
    desk.keyboard.press("3")
    expect(desk.locator("td:has(#r2-outcome) .told")).to_have_text("拒绝")
    desk.locator("[data-save]").click()

    expect(desk.locator("body")).to_contain_text("已录 2 行，共 20 行")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_sheet_and_its_grid_are_open_to_everybody(ben, sheet, window, client, live_server, axe, language: str, width: int):
    scans.keep(sheet, Picture(), by="ben")
    page = window(width, 800, color_scheme="dark" if width == 360 else "light")
    enter(page, client, live_server.url, ben)

    for path in ("", "paper/"):
        page.goto(f"{live_server.url}/sheets/{sheet.code}/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_scanned_row_is_gone_to(ben, sheet, desk: Page, client, live_server):
    enter(desk, client, live_server.url, ben)
    desk.goto(f"{live_server.url}/sheets/{sheet.code}/")
    desk.keyboard.type("CKH1:HQ07:0")
    desk.keyboard.press("Enter")

    expect(desk.locator("tr[data-code=HQ07] input[id$='-time']")).to_be_focused()
    expect(desk.locator("#r1-time")).to_have_value("")
