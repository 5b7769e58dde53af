"""Ben plans an inspection, inspects a village, sees what follows, and looks at the map of what is left."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in, through_menu
from tests.town import TOWN, WEST, Field, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "zh-hans": {"plans": "督查计划", "results": "督查结果", "map": "未落实分布图", "ended": "提前结束"},
    "en": {"plans": "Plans of inspection", "results": "Results by unit", "map": "Map of what is left", "ended": "End"},
}


@pytest.fixture
def town_of_today(transactional_db: None, tmp_path: Path) -> None:
    """Ben's town with a sweep that runs; the western village was found wanting once before."""
    build(tmp_path)
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(hours=3), "to": now + timedelta(days=1)})
    account("ben", "town_clerk", TOWN, member="W3")
    records = Field(now - timedelta(hours=1))
    records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    for title in ("值班值守纪律", "Duty discipline"):
        records.record("supervision.found", data={"problem": f"P-{title[:2]}", "unit": WEST, "title": title})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ins_01_ben_plans_and_inspects(town_of_today, desk: Page, live_server: Any, language: str, axe: Any, picture: Any):
    said, url = WORDS[language], live_server.url
    go = signed_in(desk, url, "ben")
    through_menu(desk, desk.locator("#menu a", has_text=said["plans"]))
    desk.locator("a.btn-primary").first.click()
    axe(desk)
    desk.fill("[name=title]", "第一轮督查")
    desk.locator("main form button.btn-primary").click()
    axe(desk)
    desk.locator(f"a[href='/check-plan/DC-001/check/{WEST}/']").click()
    for number in range(5):
        desk.locator(f"label:has([name=item_{number}][value={'not_met' if number == 0 else 'met'}])").click()
    axe(desk)
    picture(desk, "inspect")
    desk.locator("main form button.btn-primary").click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(3)
    picture(desk, "check-plan")

    through_menu(desk, desk.locator("#menu a", has_text=said["results"]))
    axe(desk)
    desk.locator("main table a", has_text="西坪村").click()
    axe(desk)
    picture(desk, "results-of-unit")
    desk.locator("form[action$='/drawn/990101101201/'] button").click()
    desk.locator("dialog[open] button").first.click()
    expect(desk.locator(".toast-line")).to_be_visible()
    assert [event.data["step"] for event in Event.objects.filter(kind="results.drawn")] == ["remind"]

    through_menu(desk, desk.locator("#menu a", has_text=said["map"]))
    axe(desk)
    picture(desk, "coverage-map")
    desk.locator(".treemap-wide a").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/coverage-map/**" if WEST in desk.url else "**/*990101101*/**")

    desk.set_viewport_size({"width": 360, "height": 740})
    pages = (
        f"check-plans/{TOWN}/", f"check-plans/{TOWN}/new/", "check-plan/DC-001/", f"check-plan/DC-001/check/{WEST}/",
        "check-plan/DC-001/change/", "check-plan/DC-001/end/", f"results/{TOWN}/", f"results/{TOWN}/unit/{WEST}/",
        f"coverage-map/{TOWN}/", f"problems/{TOWN}/", "problem/DC-001-01/",
    )  # fmt: skip
    wide = []
    for path in pages:
        go(f"/{path}")
        picture(desk, f"narrow-{path.strip('/').replace('/', '-')}")
        if desk.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path)
    assert wide == []
    axe(desk)
