"""A directive from the town to its villages, from the menu to the tree of receipts; and a task that follows from a meeting."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Place
from tests.browser import signed_in, violations
from tests.town import EAST, START, TOWN, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MENU = {"zh-hans": ("指令", "会议与督导"), "en": ("Directives", "Meetings and visits")}


@pytest.fixture
def hill(transactional_db: None, tmp_path: Any) -> Field:
    """A task force, a template taken, a command post."""
    build(tmp_path)
    account("ben", "town_clerk", TOWN, member="W3")
    account("ana", "village_secretary", WEST, member="W1")
    field = Field(now=clock.now() - timedelta(hours=1))
    team = {
        "body": "重点场所巡查专班",
        "type": "joint_team",
        "leader": "W3",
        "liaison": "W1",
        "members": ["W2"],
        "units": ["镇政府", "派出所"],
    }
    field.record(
        "headquarters.formed", member="W3", area=TOWN, data=team | {"scope": "商超、车站、银行、门店每日巡查一次", "covers": [EAST]}
    )
    field.record("liaison.logged", area=TOWN, data={"body": team["body"], "progress": "已巡查 86 家", "problem": "缺测温枪 3 把"})
    items = {"goals": ["守好门", "看好人"], "task_forces": ["卡点咨询服务专班"]}
    field.record("schemes.taken", area=TOWN, data={"scheme": "一统六专五好", "version": 1, "items": items})
    Place.objects.create(code="HQ1", category="command_post", name="镇指挥部", area=TOWN, learned_at=START - timedelta(days=1))
    return field


def fits(page: Page, axe: Any) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_sends_a_directive_and_sees_who_has_read_it_and_who_was_told(
    hill: Field, phone: Page, window: Any, live_server: Any, language: str, axe: Any, picture: Any
):
    desk = window(1280, 800)
    go = signed_in(desk, live_server.url, "ben")
    go(desk.locator("nav a", has_text=MENU[language][0]).first.get_attribute("href") or "")
    desk.locator(".page-actions a.btn-primary").click()
    desk.fill("[name=title]", "即日起开展敲门行动")
    desk.fill("[name=text]", "各村逐户走访，摸排登记县外返回人员，三日内完成。")
    desk.fill("[name=source]", "州视频会议 3月18日")
    desk.fill("[name=act_by]", f"{clock.now() + timedelta(days=3):%Y-%m-%dT%H:%M}")
    picture(desk, "directive-write")
    fits(desk, axe)
    desk.locator("main form button[type=submit]").last.click()
    desk.wait_for_url("**/one/Z-001/")

    go = signed_in(phone, live_server.url, "ana")
    expect(phone.locator("#owed-directives")).to_be_visible()
    picture(phone, "directives-home")
    fits(phone, axe)
    phone.locator("section[aria-labelledby=owed-directives] a").click()
    fits(phone, axe)
    phone.locator("form[action*='what=read'] button").click()
    expect(phone.locator(".toast-line")).to_be_visible()
    picture(phone, "directive-read")

    go = signed_in(desk, live_server.url, "ben") if "sign-in" in desk.url else (lambda path: desk.goto(live_server.url + path) and None)
    go(f"/directives/{TOWN}/one/Z-001/told/?to={EAST}")
    fits(desk, axe)
    desk.locator("main form button[type=submit]").last.click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(2)
    fits(desk, axe)
    picture(desk, "directive-tree")
    assert sorted(Event.objects.filter(kind="directives.received").values_list("area", "data__what")) == [(WEST, "read"), (EAST, "told")]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_command_fits_a_phone(hill: Field, phone: Page, live_server: Any, language: str, axe: Any, picture: Any):
    to = {"directive": "Z-001", "version": 1, "title": "即日起开展敲门行动", "text": "逐户走访", "to": [WEST, EAST]}
    hill.record("directives.issued", area=TOWN, data=to | {"read_by": clock.now().isoformat(), "act_by": clock.now().isoformat()})
    task = {"task": "R-001", "matter": "夜间增派 2 人值守", "where": "渡口卡点", "owner": "W3", "due_at": clock.now().isoformat()}
    hill.record("tasks.set", data=task)
    held = hill.record("meetings.held", area=TOWN, data={"title": "紧急调度会", "began_at": hill.now.isoformat(), "attended": ["W1", "W2"]})
    log = Event.objects.get(kind="liaison.logged")
    body, scheme = "重点场所巡查专班", "一统六专五好"
    pages = {
        "directives": f"/directives/{TOWN}/", "new": f"/directives/{TOWN}/new/", "tree": f"/directives/{TOWN}/one/Z-001/",
        "told": f"/directives/{TOWN}/one/Z-001/told/", "end": f"/directives/{TOWN}/one/Z-001/end/", "tasks": f"/tasks/{TOWN}/",
        "task-new": f"/tasks/{TOWN}/new/", "task": "/tasks/one/R-001/", "step": "/tasks/one/R-001/carried_over/",
        "headquarters": f"/headquarters/{TOWN}/", "form": f"/headquarters/{TOWN}/form/", "posts": f"/headquarters/{TOWN}/posts/",
        "meetings": f"/meetings/{TOWN}/", "hold": f"/meetings/{TOWN}/hold/", "visit": f"/meetings/{TOWN}/visit/",
        "meeting": f"/meetings/one/{held.topic}/", "decide": f"/meetings/one/{held.topic}/decide/", "liaison": f"/liaison/{TOWN}/",
        "duty": f"/liaison/{TOWN}/duty/", "hand-over": "/liaison/post/HQ1/hand-over/", "solve": f"/liaison/solve/{log.topic}/",
        "body": f"/bodies/{TOWN}/{body}/", "log": f"/bodies/{TOWN}/{body}/log/", "schemes": f"/schemes/{TOWN}/",
        "scheme": f"/schemes/{TOWN}/one/{scheme}/", "scheme-edit": f"/schemes/{TOWN}/one/{scheme}/edit/",
        "scheme-take": f"/schemes/{TOWN}/one/5+4+3+N/take/", "scheme-say": f"/schemes/{TOWN}/one/{scheme}/say/",
        "parties": f"/parties/{TOWN}/", "four": f"/parties/{TOWN}/name/?place=S1", "home": "/",
    }  # fmt: skip
    go, wrong = signed_in(phone, live_server.url, "ben"), {}
    for name, address in pages.items():
        go(address)
        picture(phone, f"command-{name}")
        wide = phone.evaluate("document.documentElement.scrollWidth")
        if wide > 360 or (found := violations(phone)):
            wrong[name] = [wide, *([] if wide > 360 else found)]

    assert wrong == {}
