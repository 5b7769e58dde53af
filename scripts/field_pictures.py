"""Takes a picture of each screen of the field app, in both languages, into docs/images/field: `make screenshots`.

It builds a small county in a temporary home, starts a server of its own, enrols a phone and walks through the app.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import ARGUMENTS, LOCALES  # noqa: E402
from tests.field.everywhere.walking import walk  # noqa: E402
from tests.field.phones import Phone, Server, free_port  # noqa: E402

PICTURES = ROOT / "docs/images/field"
SHORT = {"zh-hans": "zh", "en": "en"}
WANTED = (
    "enrolment",
    "home", "doors in a building", "doors in a list", "order of walking", "door", "met", "the next door, with Undo", "a whole floor",
    "a family on no list", "every door visited", "targets", "form of a target", "gate", "gate: a temperature", "gate: a test",
    "gate: the verdict", "gate: a reason", "sampling: the table", "sampling", "sampling: a question", "sampling: a tube's people",
    "sampling: found by name", "sampling: a new person", "sampling: tubes that leave", "sending", "records", "one record", "more",
    "hand over", "choosing digits", "locked",
)  # fmt: skip


def slug(screen: str) -> str:
    """A screen's name as a file's."""
    return re.sub(r"[^a-z]+", "-", screen.lower()).strip("-")


def take(browser: Browser, server: Server, language: str) -> None:
    """The pictures in one language."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale=LOCALES[language], timezone_id="Asia/Shanghai", has_touch=True, is_mobile=True,
        device_scale_factor=1,
    )  # fmt: skip
    context.set_default_timeout(10_000)
    phone = Phone(context.new_page(), server.url, language)
    phone.page.goto(f"{server.url}/field/")
    phone.accept()

    def picture(screen: str) -> None:
        if screen in WANTED:
            path = PICTURES / f"{slug(screen)}.{SHORT[language]}.png"
            phone.page.wait_for_timeout(150)
            phone.page.screenshot(path=path)
            print(path.relative_to(ROOT))

    picture("enrolment")
    walk(phone.enrol(server.ask("invite", "V1")), picture, card=server.ask("card", "V1"))
    context.close()


def main() -> None:
    """Both languages."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("No Chromium on this machine. Type: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS])
        for language in SHORT:
            with tempfile.TemporaryDirectory() as folder:  # a county of its own: the walk settles every door
                home = Path(folder) / "home"
                home.mkdir(mode=0o700)
                server = Server(home, free_port())
                server.ask("build", folder)
                server.start()
                try:
                    take(browser, server, language)
                finally:
                    server.kill()
        browser.close()


if __name__ == "__main__":
    main()
