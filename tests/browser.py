"""Fixtures for walks in a real browser: desk, phone, axe; nothing may ask anything of another host."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, sync_playwright

LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
OWN_HOSTS = {"localhost", "127.0.0.1", None}
OWN_SCHEMES = {"data", "blob", "about"}
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ASK_AXE = """async (only) => (await axe.run({ runOnly: only, resultTypes: ["violations"] })).violations
    .map((rule) => `${rule.id}: ${rule.help} at ${rule.nodes.map((node) => node.target[0]).join(" | ")}`)"""
TO_THE_TOP = "scrollTo({ top: 0, behavior: 'instant' })"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; CLOSEKNIT_CHROMIUM names another one."""
    program = os.environ.get("CLOSEKNIT_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.fail("No Chromium on this machine. Type: apt-get install chromium")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread; our queries here are not in it
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS])
            yield chromium
            chromium.close()
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
        if before is not None:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def language() -> str:
    """The language that the browser asks for; parametrize `language` with zh-hans and en to walk in both."""
    return "zh-hans"


def leaves_the_house(address: str) -> bool:
    """Whether a request to this address goes to another host."""
    parts = urlsplit(address)
    return parts.scheme not in OWN_SCHEMES and parts.hostname not in OWN_HOSTS


@pytest.fixture
def outside() -> Iterator[list[str]]:
    """The addresses on other hosts that pages asked for; the test fails where any is left at its end."""
    asked: list[str] = []
    yield asked
    assert asked == [], "The page asked something of another host."


@pytest.fixture
def script_errors() -> Iterator[list[str]]:
    """What scripts of pages threw and nobody caught; the test fails where any is left at its end."""
    thrown: list[str] = []
    yield thrown
    assert thrown == [], "A script of the page failed."


@pytest.fixture
def window(browser: Browser, language: str, outside: list[str], script_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a page of a size; further options go to the browser's context. Each call is a visitor of its own."""
    opened: list[BrowserContext] = []

    def judge(request: Request) -> None:  # what leaves finds no host (ARGUMENTS); to hold up every request would cost each page a tenth
        if leaves_the_house(request.url):
            outside.append(request.url)

    def open_page(width: int, height: int, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=LOCALES[language], timezone_id="Asia/Shanghai", **options
        )
        opened.append(context)
        context.on("request", judge)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: script_errors.append(str(error)))
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def desk(window: Callable[..., Page]) -> Page:
    """A page on an office's screen."""
    return window(1280, 800)


@pytest.fixture
def phone(window: Callable[..., Page]) -> Page:
    """A page on a small phone."""
    return window(360, 740, has_touch=True, is_mobile=True, device_scale_factor=2)


def through_menu(page: Page, line: Locator) -> None:
    """Opens a line of the menu as a person does: the menu itself on a phone, the group that holds the line, the line."""
    if page.locator(".menu-button").is_visible():
        page.locator(".menu-button").click()
    group = line.locator("xpath=ancestor::details")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    line.click()


@pytest.fixture
def picture(language: str) -> Callable[..., None]:
    """`picture(page, "tube")` takes a picture for the docs where CLOSEKNIT_PICTURES names a folder; without it a walk only walks."""
    folder = os.environ.get("CLOSEKNIT_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            page.evaluate(TO_THE_TOP)
            page.screenshot(path=Path(folder) / f"{name}.{language[:2]}.png")

    return take


def violations(page: Page, kind: str = "tag", names: Sequence[str] = AXE_TAGS) -> list[str]:
    """What axe finds against WCAG A and AA up to 2.2, or these rules of it, once the page is whole: rule, sentence, and where."""
    page.wait_for_load_state()
    page.evaluate(TO_THE_TOP)  # what is scrolled half under the bar is too small a target for axe
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(ASK_AXE, {"type": kind, "values": [*names]})
    return found


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails where somebody who cannot see or point well would be shut out."""

    def check(page: Page) -> None:
        assert violations(page) == []

    return check


def signed_in(page: Page, url: str, who: str, password: str = "knock-knock-99") -> Callable[[str], None]:
    """Signs in through the form; answers with a way to open pages."""
    page.goto(f"{url}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{url}/")
    return lambda path: page.goto(url + path) and None
