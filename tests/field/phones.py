"""Fixtures: a server that can be killed, and phones that are enrolled at it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from closeknit.environment import VARIABLES
from tests.field.inside import call_now, count, ready_offline

ROOT = Path(__file__).resolve().parents[2]
DIGITS = "482913"
GO_ON = {"zh-hans": "我已了解，继续", "en": "I understand; go on"}
PATIENCE_MS = 20_000


@dataclass
class Server:
    """A server process of its own, with its home and its database."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)
    kills: int = 0

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name not in {each.name for each in VARIABLES}}
        own = {"CLOSEKNIT_HOME": str(self.home), "CLOSEKNIT_BIND": f"127.0.0.1:{self.port}", "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        return {**clean, **own, **self.more}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        program = Path(sys.executable).parent / "closeknit"
        log = (self.home / "serve.log").open("ab")
        self.process = subprocess.Popen([program, "serve"], env=self.environment, stdout=log, stderr=log, start_new_session=True)
        self._until(listening=True)

    def kill(self) -> None:
        """SIGKILL for it and its workers: nobody says goodbye. Back when the last of them has left the port."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.kills += 1
            self.process = None
            self._until(listening=False)

    def _until(self, listening: bool) -> None:
        """Waits until somebody listens on the port, or nobody; raises where the server has ended."""
        until = time.monotonic() + 30
        while time.monotonic() < until and (self.process is None or self.process.poll() is None):
            with socket.socket() as probe:
                if (probe.connect_ex(("127.0.0.1", self.port)) == 0) is listening:
                    return
            time.sleep(0.05)
        raise TimeoutError((self.home / "serve.log").read_text())

    def ask(self, *words: str) -> str:
        """What tests/field/world.py prints."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.field.world", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def code_for(self, member: str) -> str:
        """A code that enrols a phone for a member: one of those made with the county, as long as they last."""
        path = self.home / "codes.json"
        held: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
        if not held.get(member):
            return self.ask("invite", member)
        code = held[member].pop()
        path.write_text(json.dumps(held), encoding="utf-8")
        return code

    def ledger(self) -> dict[str, Any]:
        """What the ledger holds, and the letters that wait."""
        told: dict[str, Any] = json.loads(self.ask("events"))
        return told

    def records(self) -> list[dict[str, Any]]:
        """The ledger's records in order of arrival."""
        rows: list[dict[str, Any]] = self.ledger()["events"]
        return rows


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built app, in a folder that nobody builds into meanwhile."""
    built = ROOT / "field" / "dist"
    if not (built / "field" / "index.html").exists():
        pytest.fail("The field app is not built. Type: make field")
    return shutil.copytree(built, tmp_path_factory.mktemp("app") / "dist")


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the small county stands; copied for each test."""
    home = tmp_path_factory.mktemp("county")
    server = Server(home, free_port())
    folder = tmp_path_factory.mktemp("files")
    server.ask("build", str(folder))
    return home


@pytest.fixture
def server(built_home: Path, built_app: Path, tmp_path: Path) -> Iterator[Server]:
    """The small county's server, started; killed at the end."""
    home = tmp_path / "home"
    shutil.copytree(built_home, home)
    one = Server(home, free_port(), more={"CLOSEKNIT_FIELD_APP": str(built_app)})
    one.start()
    yield one
    one.kill()


@pytest.fixture
def a_week_ago() -> dict[str, str]:
    """What makes a server's clock read the day a week before; its steady clock is left alone."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        pytest.fail("The clock of a server cannot be set here. Type: apt-get install libfaketime")
    return {"LD_PRELOAD": str(library), "FAKETIME": "-7d", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Phone:
    """A phone in a worker's hand."""

    page: Page
    url: str
    language: str
    texts: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def enrol(self, code: str) -> "Phone":
        """Opens what the clerk's QR says, chooses the digits, and waits for the day's work."""
        self.page.goto(f"{self.url}/field/#enrol={code}")
        self.accept()
        self.page.locator(".keys").wait_for(timeout=PATIENCE_MS)
        self.type_digits()
        self.type_digits()
        self.page.locator("button.foot").wait_for(timeout=PATIENCE_MS)
        until = time.monotonic() + PATIENCE_MS / 1_000
        while count(self.page, "parts") == 0:
            assert time.monotonic() < until, "No work came from the server."
            self.page.wait_for_timeout(100)
        self.page.locator("main .card:not(.center)").first.wait_for(timeout=PATIENCE_MS)
        ready_offline(self.page)
        return self

    def accept(self) -> None:
        """Headless Chromium grants no lasting storage: the app says so first."""
        go_on = self.page.get_by_role("button", name=GO_ON[self.language])
        ready = self.page.locator(".keys, main form, button.foot, .notice.bad:not(:has(+ button))")
        go_on.or_(ready).first.wait_for(timeout=PATIENCE_MS)
        if go_on.is_visible():
            go_on.click()

    def type_digits(self, digits: str = DIGITS) -> None:
        """Six digits, as fast as a keyboard types."""
        self.page.keyboard.type(digits)
        self.page.wait_for_timeout(150)

    def open_again(self) -> "Phone":
        """The page is loaded anew, as after the browser was closed; the digits are typed."""
        self.page.goto(f"{self.url}/field/")
        self.accept()
        self.page.locator(".keys").wait_for(timeout=PATIENCE_MS)
        self.type_digits()
        self.page.locator("button.foot").wait_for(timeout=PATIENCE_MS)
        return self

    def send_all(self) -> None:
        """Gives the network back, and waits until everything is sent."""
        self.context.set_offline(False)
        call_now(self.page)
        self.all_sent()

    def all_sent(self, timeout_ms: int = PATIENCE_MS) -> None:
        """Waits until nothing in the outbox is unsent, and the foot says so."""
        until = time.monotonic() + timeout_ms / 1_000
        while count(self.page, "outbox", "unsent"):
            assert time.monotonic() < until, "Something is still unsent."
            self.page.wait_for_timeout(200)
        words = {"zh-hans": "已全部上传", "en": "Everything is sent"}
        expect(self.page.locator("button.foot")).to_contain_text(words[self.language], timeout=PATIENCE_MS)


@pytest.fixture
def new_phone(window: Callable[..., Page], server: Server, language: str) -> Callable[..., Phone]:
    """`new_phone()` gives a phone that nobody has enrolled yet; `url` for one behind a link of its own."""

    def make(url: str = "", **options: Any) -> Phone:
        page = window(360, 740, has_touch=True, is_mobile=True, device_scale_factor=2, **options)
        page.context.route("**/*", lambda route: route.continue_())  # switches the cache off: what opens offline the app itself has kept
        return Phone(page, url or server.url, language)

    return make


@pytest.fixture
def enrolled(new_phone: Callable[..., Phone], server: Server) -> Callable[..., Phone]:
    """`enrolled("W1")` gives a phone enrolled for a member."""
    return lambda member="W1", **options: new_phone(**options).enrol(server.code_for(member))
