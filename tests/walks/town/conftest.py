"""Pushi as `make demo` shows it at this hour, and somebody who sits down before it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from closeknit.sync.towns import TOWNS
from tests.browser import signed_in, through_menu, violations
from tests.field.phones import Server, free_port

PUSHI = TOWNS["pushi"]
PREPARING_S = 300
PATIENCE_MS = 30_000  # a town of 14,000 people, on cores that a second walk shares


@dataclass
class House:
    """The demonstration's server, and the password that it gave to everybody."""

    server: Server
    password: str


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, built_app: Path) -> Iterator[House]:
    """One for all walks of a worker: what one of them records the next one finds, as in a town hall."""
    server = Server(tmp_path_factory.mktemp("pushi"), free_port(), more={"CLOSEKNIT_FIELD_APP": str(built_app)})
    build = [Path(sys.executable).parent / "closeknit", "demo", PUSHI.slug, "--prepare-only"]
    made = subprocess.run(build, env=server.environment, capture_output=True, text=True, timeout=PREPARING_S, check=False)
    assert made.returncode == 0, made.stderr
    server.start()
    yield House(server, json.loads((server.home / "demonstration.json").read_text(encoding="utf-8"))["password"])
    server.kill()


@dataclass
class Seat:
    """Somebody who is signed in, at a screen."""

    page: Page
    language: str
    take: Callable[..., None]
    go: Callable[[str], None]

    def menu(self, path: str) -> Page:
        """Opens the line of the menu that leads to a path; nobody is shut out of what it shows."""
        through_menu(self.page, self.page.locator(f"#menu a[href='{path}']"))
        self.page.wait_for_url(f"**{path}**")
        assert violations(self.page) == []
        return self.page

    def save(self) -> None:
        """Presses the button of the page's own form, and waits for the page after it."""
        with self.page.expect_navigation():
            self.page.locator("main form[method=post] button.btn-primary").last.click()

    def picture(self, name: str) -> None:
        """A picture for the docs, where they are being made."""
        self.take(self.page, f"town-{name}")


@pytest.fixture
def seat(house: House, desk: Page, language: str, picture: Any) -> Callable[[str], Seat]:
    """`seat("clerk")` signs the demonstration's town clerk in."""

    def sit(who: str) -> Seat:
        desk.context.set_default_timeout(PATIENCE_MS)
        return Seat(desk, language, picture, signed_in(desk, house.server.url, who, house.password))

    return sit
