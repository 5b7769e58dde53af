"""A walk to every screen of the app, in either language and under any pack; at each one it is looked."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from closeknit.kit.ids import check_character, printed

Look = Callable[[str], None]
CALM_MS = 650


def walk(phone: Any, look: Look, *, card: str) -> None:
    """Goes through all screens of a village secretary's phone. `look` gets the name of each. What the pack has not is passed by."""
    page: Page = phone.page
    look("home")
    _doors(page, look)
    _targets(page, look)
    _gate(page, look)
    _sampling(page, look)
    _forms(page, look)
    _phone(phone, look, card)


def press(page: Page, words: str) -> None:
    """Presses the first button with these words, given in both languages as `中文|English`."""
    page.get_by_role("button", name=re.compile(words)).first.click()


def back(page: Page) -> None:
    page.locator("button.back").click()
    page.wait_for_timeout(80)


def home(page: Page) -> None:
    while page.locator("button.back").count():
        back(page)


def _doors(page: Page, look: Look) -> None:
    press(page, "全镇敲门")
    page.locator(".floors").wait_for()
    look("doors in a building")
    press(page, "村组及其他|Houses")
    look("doors in a list")
    page.locator(".heading button").first.click()
    look("order of walking")
    back(page)
    page.locator(".doorline[data-door=H1]").click()
    look("door")
    press(page, "有人返乡|Somebody came back")
    look("door: who came back")
    press(page, "卢小河")
    look("form of a return")
    back(page)
    press(page, "登记名册外人员|Somebody not on the list")
    look("a person on no list")
    page.locator(".save").click()
    look("a person on no list, nothing said")
    back(page)
    page.locator("[data-outcome=met]").click()
    look("met")
    page.locator(".save").last.click()
    page.wait_for_timeout(CALM_MS)
    look("the next door, with Undo")
    _rest_of_doors(page, look)
    home(page)


def _rest_of_doors(page: Page, look: Look) -> None:
    for _ in range(2):
        page.locator("[data-outcome=absent]:enabled").click()
        page.wait_for_timeout(CALM_MS)
    back(page)
    page.locator("[data-add]").click()
    look("a family on no list")
    back(page)
    press(page, "楼栋|Buildings")
    for floor in ("3", "2", "1"):
        page.locator(f"[data-whole='{floor}']").click()
        if floor == "3":
            look("a whole floor")
        page.locator("dialog .primary").click()
        page.locator("dialog").wait_for(state="detached")
    page.locator("[data-filter=tried]").click()
    look("doors that were tried")
    page.locator("[data-door=F101]").click()
    page.locator("[data-outcome=refused]").click()
    page.locator("h1", has_text=re.compile("全部走访一遍|Every door visited")).wait_for()
    look("every door visited")


def _targets(page: Page, look: Look) -> None:
    press(page, "商店巡查")
    look("targets")
    page.locator("[data-target=S1]").click()
    look("form of a target")
    home(page)


def _gate(page: Page, look: Look) -> None:
    page.locator("button.card", has_text="渡口卡点").click()
    look("gate")
    page.locator(".stack > button").first.click()
    look("gate: a vehicle in words")
    page.locator("[data-back]").click()
    if page.locator("fieldset").count() == 0:
        page.locator("[data-person]").click()
        page.locator(".toast").wait_for()
        page.locator(".stack > button").nth(1).click()
        look("gate: a person where nothing is asked")
        page.locator(".decide .turned_away").click()
        look("gate: a reason")
        home(page)
        return
    page.locator("[data-person]").click()
    look("gate: a temperature")
    for digit in "365":
        page.locator(".keys").get_by_role("button", name=digit, exact=True).click()
    press(page, "具体时间|Exact time")
    look("gate: a test")
    page.locator("[data-asks=test] button").nth(3).click()
    look("gate: the verdict")
    page.locator(".decide .turned_away").click()
    look("gate: a reason")
    home(page)


def _sampling(page: Page, look: Look) -> None:
    if page.locator("button.card", has_text="第一轮采样").count() == 0:
        return
    page.locator("button.card", has_text="第一轮采样").first.click()
    look("sampling: the table")
    page.locator("main .primary").click()
    page.locator(".answer").wait_for()
    look("sampling")
    for code in (f"CT000009{check_character('CT000009')}", printed("P", "P1"), "https://example.org", printed("P", "P3")):
        page.keyboard.type(f"{code}\n")
        page.wait_for_timeout(120)
    page.keyboard.type(f"{printed('P', 'P1')}\n")
    look("sampling: a question")
    page.locator(".tubes button").first.click()
    look("sampling: a tube's people")
    page.locator("input[type=search]").fill("F")
    page.locator("input[type=search]").fill("艾")
    look("sampling: found by name")
    page.locator("input[type=search]").fill("")
    press(page, "名单中没有|In no list")
    look("sampling: a new person")
    press(page, "取消$|Cancel$")
    press(page, "提前封管|Seal with")
    press(page, "样本交接|Hand tubes over")
    page.locator("button.all").click()
    look("sampling: tubes that leave")
    home(page)


def _forms(page: Page, look: Look) -> None:
    kinds = page.locator("main details.forms .choices button")
    for place in range(kinds.count()):
        kinds.nth(place).evaluate("(button) => { button.closest('details').open = true; }")
        kinds.nth(place).click()
        look(f"form: {page.locator('h1').inner_text()}")
        back(page)


def _phone(phone: Any, look: Look, card: str) -> None:
    page: Page = phone.page
    page.locator("button.foot").click()
    look("sending")
    press(page, "查看本机登记|Show my records")
    look("records")
    page.locator("[role=listitem] button").first.click()
    look("one record")
    home(page)
    press(page, "^更多$|^More$")
    look("more")
    press(page, "交接班|Hand over")
    look("hand over")
    page.locator("form input").fill("CKC1.no.card")
    page.locator("form button").click()
    page.locator(".notice.bad").wait_for()
    look("hand over: no card")
    page.locator("form input").fill(card)
    page.locator("form button").click()
    page.locator(".keys").wait_for()
    look("choosing digits")
    home(page)
    press(page, "^更多$|^More$")
    press(page, "立即锁定|Lock now")
    page.locator(".keys").wait_for()
    look("locked")
    page.keyboard.type("111222")
    page.locator(".notice.bad").wait_for()
    look("locked, wrong digits")
