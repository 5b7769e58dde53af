"""A zone is drawn, announced, checked and read: the clerk at a desk, the secretary on a phone, everybody without an account."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Place
from tests.browser import signed_in, through_menu, violations
from tests.town import COUNTY, GRID, TOWN, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town_today(transactional_db: None, tmp_path: Path) -> Field:
    """The small county today: a control, a square, a case with a task, accounts for who walks."""
    build(tmp_path)
    field, now = Field(now=clock.now()), clock.now()
    times = {"from_at": (now - timedelta(hours=6)).isoformat(), "until_at": (now + timedelta(days=3)).isoformat()}
    law = {"basis": "《传染病防治法》第四十二条", "authority": "镇指挥部"}
    said = {"control": "K-1", "sort": "suspension", "what": "gathering", "where": "全镇广场和公园", "rules": ["网上办理"], **law, **times}
    field.record("controls.ordered", area=TOWN, data=said)
    Place.objects.create(code="SQ1", category="square", name="河街文化广场", area=WEST, learned_at=now - timedelta(days=2))
    field.record("investigations.opened", area=WEST, data={"case": "LD-001", "matter": "外省返乡人员检测异常", "staff": ["W1"]})
    task = {"case": "LD-001", "what": "recordings", "words": "调阅渡口监控", "to": "W1", "due_at": now.isoformat(), "police": True}
    field.record("investigations.task_given", area=WEST, data=task)
    account("ben", "town_clerk", TOWN, member="W3")
    account("ana", "village_secretary", WEST, member="W1")
    account("chen", "epidemiologist", COUNTY)
    return field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_zone_is_drawn_announced_and_checked(town_today: Field, desk: Page, phone: Page, live_server, language: str, axe, picture: Any):
    signed_in(desk, live_server.url, "ben")
    through_menu(desk, desk.locator(f"#menu a[href='/zones/{TOWN}/']"))
    desk.locator(f"a[href='/zones/{TOWN}/new/']").first.click()
    desk.locator(f"[name=areas][value='{GRID}']").check()
    desk.fill("[name=words]", "1组")
    desk.locator("button[value=find]").click()
    desk.locator(f"[name=buildings][value='{WEST}|1组']").check()
    desk.locator("button[value=count]").click()
    expect(desk.locator("p[role=status] strong")).to_contain_text("3")
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    for name, words in (("name", "河街片区"), ("basis", "《传染病防治法》第四十二条"), ("authority", "镇指挥部"), ("until_at", until)):
        desk.fill(f"[name={name}]", words)
    desk.locator("label.choice:has([name=measure][value=stay_home])").click()
    desk.locator("label.choice:has([name=lifts][value=no_new_case])").click()
    axe(desk)
    picture(desk, "zone-draw")
    desk.locator("button[value=order]").click()
    expect(desk.locator("main article")).to_have_count(2)
    axe(desk)
    picture(desk, "zone-announcement")
    desk.locator(".page-actions a.btn-primary").click()
    desk.locator("label.choice:has([name=way][value=posted])").click()
    desk.locator("main form button[type=submit]").click()
    number = Event.objects.get(kind="zones.ordered").data["zone"]
    desk.wait_for_url(f"**/zone/{number}/")
    axe(desk)
    picture(desk, "zone-page")

    signed_in(phone, live_server.url, "ana")
    phone.goto(f"{live_server.url}/zone/{number}/check/")
    phone.locator("[name=s_doors_open]").select_option("met")
    phone.locator("[name=s_posts_manned]").select_option("not_met")
    axe(phone)
    phone.locator("main form button[type=submit]").click()
    phone.goto(f"{live_server.url}/zone-checks/{WEST}/not-met/")
    expect(phone.locator("main .cards tbody tr")).to_have_count(1)
    picture(phone, "zone-not-met")
    assert Event.objects.get(kind="zonechecks.checked").data["not_met"] == ["posts_manned"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_zones_and_controls_fits_a_phone(town_today: Field, phone: Page, live_server, language: str, picture: Any):
    now = clock.now()
    order = {
        "zone": "Z-1", "name": "河街片区", "measure": "stay_home", "basis": "《传染病防治法》第四十二条",
        "authority": "镇指挥部", "areas": [WEST],
        "from_at": (now - timedelta(hours=6)).isoformat(), "until_at": (now + timedelta(days=2)).isoformat(), "lifts": ["no_new_case"],
    }  # fmt: skip
    town_today.record("zones.ordered", area=TOWN, member="W3", data=order)
    town_today.record("zones.objected", household="H1", data={"zone": "Z-1", "words": "本户不在该楼", "way": "phone"})
    pages = {
        "ben": (
            f"zones/{TOWN}/", "zone/Z-1/", "zone/Z-1/people/", f"zones/{TOWN}/new/", "zone/Z-1/order/", "zone/Z-1/announcement/",
            "zone/Z-1/household/H1/", "zone/Z-1/say/objected/", f"zone-checks/{TOWN}/", "zone/Z-1/check/", f"controls/{TOWN}/",
            f"controls/{TOWN}/new/", "control/K-1/", f"controls/{TOWN}/squares/", f"checkpoint-register/{TOWN}/",
            f"checkpoint-register/{TOWN}/new/", "checkpoint-equipment/CP1/", "now/",
        ),
        "chen": (f"investigations/{COUNTY}/", f"investigations/{COUNTY}/new/", "investigation/LD-001/", "investigation/LD-001/task/"),
        "ana": ("investigation-tasks/", "investigation/LD-001/"),
    }  # fmt: skip
    wrong = []
    for who, paths in pages.items():
        signed_in(phone, live_server.url, who)
        for path in paths:
            phone.goto(f"{live_server.url}/{path}")
            wrong += [f"{path}: {found}" for found in violations(phone)]
            if (width := phone.evaluate("document.documentElement.scrollWidth")) > 360:
                wrong.append(f"{path}: {width} px wide")
            picture(phone, "zones-" + path.strip("/").replace("/", "-"))
        phone.context.clear_cookies()

    assert not wrong, "\n" + "\n".join(wrong)
