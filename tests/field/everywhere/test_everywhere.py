"""Every screen, in both languages, light and dark, on a small phone and in large type: nobody is shut out and no word is missing."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser import violations
from tests.field.everywhere.walking import walk
from tests.field.screens import TWICE, TYPES, over_edge, over_edge_in_every_type
from tests.field.world import BLOCK, FAMILIES
from tests.town import AREAS, MEMBERS, PLACES, ROSTER

pytestmark = pytest.mark.browser
# What is said of people and places is in one language on every screen.
DATA = sorted(
    {
        *(row[2] for row in (*AREAS, *PLACES)), *(row[1] for row in MEMBERS), *(row[3] for row in ROSTER), *(row[6] for row in ROSTER),
        *(family + given for family in FAMILIES for given in ("一", "二", "")), "工作人员", "文化广场采样点", "全镇敲门", "商店巡查",
        "第一轮采样", BLOCK, "河街1栋", "河街", "中文", "cn-covid-2022-v9", "Closeknit", "English",
    },
    key=len, reverse=True,
)  # fmt: skip
PHONE = re.compile(r"\bD-[0-9A-Z]{5}\b")  # a phone's own number, by chance of letters alone
RAW = re.compile(r"\b[a-z]+\.[a-z_]+\b|\b[a-z]+_[a-z_]+\b|undefined|NaN|\[object|\{\w*\}")
SAID = """() => [document.body.innerText, ...[...document.querySelectorAll("[aria-label], [placeholder]")]
    .filter((each) => each.getClientRects().length)
    .flatMap((each) => [each.getAttribute("aria-label") ?? "", each.getAttribute("placeholder") ?? ""])].join("\\n")"""


def untranslated(text: str, language: str) -> list[str]:
    """Words that are in the other language or in none, but for what is said of people and places."""
    text = PHONE.sub(" ", text)
    for known in DATA:
        text = text.replace(known, " ")
    other = re.compile(r"[\u4e00-\u9fff]+") if language == "en" else re.compile(r"\b[A-Za-z]{3,}\b")
    return sorted({*RAW.findall(text), *other.findall(text)})


def unreadable_in_the_dark(page: Page) -> list[str]:
    """What has too little contrast where the phone is set to dark."""
    page.emulate_media(color_scheme="dark")
    found = violations(page, "rule", ["color-contrast"])
    page.emulate_media(color_scheme="light")
    return [f"dark: {each}" for each in found]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_screen_is_open_to_everybody_fits_and_is_translated(enrolled, server, language):
    phone = enrolled("V1")
    page, wrong, seen = phone.page, {}, []

    def look(screen: str) -> None:
        page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        is_one_of_many = screen.startswith("form: ") and len(seen) % 6 > 0  # forms are all drawn by the same few parts
        found = [] if is_one_of_many else [*violations(page), *unreadable_in_the_dark(page)]
        types = [TWICE] if is_one_of_many else [*TYPES]
        found += [f"{size}: {each}" for size, all_ in over_edge_in_every_type(page, types).items() for each in all_]
        found += [f"untranslated: {each}" for each in untranslated(page.evaluate(SAID), language)]
        seen.append(screen)
        if found:
            wrong[screen] = found

    walk(phone, look, card=server.ask("card", "V1"))

    assert wrong == {}
    assert len(seen) == len(set(seen)) > 60


def test_what_sticks_out_is_untranslated_or_cannot_be_read_is_found(enrolled):
    page = enrolled("G1").page
    page.evaluate("() => { document.querySelector('main h2').style.width = '900px'; }")

    assert over_edge(page) != []
    assert untranslated("Refused: turned_away 拒绝 卢兰利", "en") == ["turned_away", "拒绝"]
    assert untranslated("拒绝：refused · checkpoints.tallied {n}", "zh-hans") == [
        "checkpoints", "checkpoints.tallied", "refused", "tallied", "{n}",
    ]  # fmt: skip
    page.evaluate("() => { document.querySelector('main h2').style.color = '#333'; }")
    assert unreadable_in_the_dark(page) != []
