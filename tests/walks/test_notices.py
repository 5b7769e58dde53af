"""Ben opens a channel, writes a reminder, and it goes out to the group's robot."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from closeknit.channels.tests.servers import serving
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.duty import owe
from tests.browser import signed_in
from tests.town import EAST, TOWN, WEST, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MENU = {"zh-hans": ("通知发布", "编写通知", "通知渠道"), "en": ("Notices", "Write a notice", "Channels")}


@pytest.fixture
def town_that_reports(transactional_db: None, tmp_path: Path, settings: Any) -> None:
    """Ben's town, whose villages owe a report today."""
    settings.OUTGOING_TO_LOOPBACK = True
    build(tmp_path)
    owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=clock.now().date(), last_day=None)
    account("ben", "town_clerk", TOWN, member="W3")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_opens_a_channel_and_reminds_the_villages(
    town_that_reports: None, phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    listed, write, channels = MENU[language]
    go = signed_in(phone, live_server.url, "ben")
    go(phone.locator("#menu a", has_text=channels).get_attribute("href") or "")
    phone.locator("main a.btn-primary").first.click()
    phone.locator("main a[href='?kind=wecom']").click()
    axe(phone)
    with serving((200, {"errcode": 0})) as robot:
        phone.fill("[name=name]", "镇村工作群")
        phone.fill("[name=url]", robot.url)
        phone.locator("label:has([name=purposes][value=reminder])").click()
        phone.fill("[name=recipients]", "40")
        phone.locator("form.form button[type=submit]").click()
        go(phone.locator("#menu a", has_text=listed).first.get_attribute("href") or "")
        phone.get_by_role("link", name=write).first.click()
        phone.fill("#f-text", "请联系19900000001")
        phone.locator("button[value=preview]").click()
        expect(phone.locator(".notice-bad")).to_contain_text("19900000001")
        phone.fill("#f-text", "今日17:00截止，请西坪村、东岭村确认日报。")
        phone.locator("button[value=preview]").click()
        axe(phone)
        picture(phone, "notice-write")
        phone.locator("button[value=send]").click()
        phone.wait_for_url("**/notices/0*/")
        call_command("clock", "--once")
        phone.reload()

    expect(phone.locator(".lines .status-good")).to_be_visible()
    axe(phone)
    picture(phone, "notice-sent")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert [body["text"]["content"] for _, _, body in robot.got] == ["今日17:00截止，请西坪村、东岭村确认日报。"]
    assert Event.objects.filter(kind="notices.sent").count() == 1
    go(phone.locator("#menu a", has_text=listed).first.get_attribute("href") or "")
    axe(phone)
