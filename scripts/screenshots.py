"""Takes the README's pictures from a demonstration that is running: make demo, then make screenshots.

The account that looks comes from CLOSEKNIT_PICTURES_ACCOUNT as name:password; the demonstration prints some (take the clerk's).
"""

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs/images"
SITE = os.environ.get("CLOSEKNIT_PICTURES_SITE", "http://localhost:8000")
TOWN, VILLAGE = "433122108", "433122108001"
# name of the picture, address, width, height
SCREENS = (
    ("first", "/", 1280, 860),
    ("coverage", f"/doorknock/{TOWN}/", 1280, 860),
    ("doors", f"/doorknock/{VILLAGE}/gaps/", 1280, 860),
    ("bulletin", f"/reports/{TOWN}/", 1280, 860),
    ("doors-phone", f"/doorknock/{VILLAGE}/gaps/", 360, 740),
    ("first-phone", "/", 360, 740),
)
LOCALES = {"zh": "zh-CN", "en": "en-GB"}


def sign_in(page: Page, account: str) -> None:
    """Signs in with the form."""
    name, _, password = account.partition(":")
    page.goto(f"{SITE}/sign-in/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_load_state("networkidle")


def newest_bulletin(page: Page) -> str:
    """The address of the last bulletin that was sealed, from the archive."""
    page.goto(f"{SITE}/reports/{TOWN}/archive/")
    found = re.search(rf'href="(/reports/{TOWN}/\d{{4}}-\d\d-\d\d/)"', page.content())
    return found[1] if found else f"/reports/{TOWN}/"


def take(browser: Browser, language: str, account: str) -> None:
    """All pictures in one language."""
    for picture, address, width, height in SCREENS:
        context = browser.new_context(viewport={"width": width, "height": height}, locale=LOCALES[language], timezone_id="Asia/Shanghai")
        page = context.new_page()
        sign_in(page, account)
        page.goto(f"{SITE}{newest_bulletin(page) if picture == 'bulletin' else address}")
        page.wait_for_load_state("networkidle")
        path = PICTURES / f"{picture}.{language}.png"
        page.screenshot(path=path)
        print(f"docs/images/{path.name}")
        context.close()


def main() -> None:
    """Every screen in both languages."""
    account, program = os.environ.get("CLOSEKNIT_PICTURES_ACCOUNT", ""), shutil.which("chromium")
    if ":" not in account or program is None:
        sys.exit(
            "Needed: Chromium (apt-get install chromium), a demonstration that runs (make demo), and one of its accounts:\n"
            "CLOSEKNIT_PICTURES_ACCOUNT=name:password make screenshots"
        )
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for language in LOCALES:
            take(browser, language, account)
        browser.close()


if __name__ == "__main__":
    main()
