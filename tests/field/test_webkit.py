"""The same app in WebKit, which iPhones have, where the machine has it: apt-get install webkit2gtk-driver xvfb."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.field.phones import DIGITS, Server, free_port

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
PATIENCE_S = 30
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not (DRIVER and SCREEN and BROWSER), reason="No WebKit on this machine.")]


class WebKit:
    """A window of WebKit, driven by its own WebDriver."""

    def __init__(self, port: int) -> None:
        self.address, self.session = f"http://127.0.0.1:{port}", ""
        wanted = {"webkitgtk:browserOptions": {"binary": str(BROWSER), "args": ["--automation"]}}
        self.session = f"/session/{self.ask('/session', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        """What the driver answers; asked again while it begins."""
        request = urllib.request.Request(self.address + self.session + path, json.dumps(body).encode())
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                    return json.load(answer)["value"]
            except urllib.error.HTTPError:
                raise
            except urllib.error.URLError:
                assert time.monotonic() < until
                time.sleep(0.1)

    def open(self, url: str) -> None:
        self.ask("/url", {"url": url})

    def js(self, script: str, *arguments: Any) -> Any:
        return self.ask("/execute/sync", {"script": script, "args": list(arguments)})

    def until(self, truth: str) -> None:
        """Waits until it is true in the page."""
        ends = time.monotonic() + PATIENCE_S
        while not self.js(f"return Boolean({truth})"):
            assert time.monotonic() < ends, f"{truth}\n{self.js('return document.body.innerText')}"
            time.sleep(0.1)

    def press(self, selector: str, words: str = "") -> None:
        """Presses the first such button that says so."""
        says = f"!each.disabled && each.textContent.includes({json.dumps(words)})"
        found = f"[...document.querySelectorAll({json.dumps(selector)})].find((each) => {says})"
        self.until(found)
        self.js(f"{found}.click()")

    def type_digits(self) -> None:
        for digit in DIGITS:
            self.press(".keys button", digit)

    def unlock(self) -> None:
        """Opens what is locked; WebKit may promise no lasting storage: that is read first."""
        self.until("document.querySelector('.keys, .notice.bad + button')")
        if self.js("return document.querySelector('.keys') === null"):
            self.press(".notice.bad + button")
        self.until("document.querySelector('.keys')")
        self.type_digits()


@pytest.fixture
def webkit(tmp_path: Path) -> Iterator[WebKit]:
    port, screen = free_port(), f":{90 + os.getpid() % 400}"
    alone = {"DISPLAY": screen, "LIBGL_ALWAYS_SOFTWARE": "1", "HOME": str(tmp_path), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as stack:
        for words in ([SCREEN, screen], [DRIVER, f"--port={port}"]):
            process = subprocess.Popen([str(each) for each in words], env={**os.environ, **alone}, **quiet)  # type: ignore[call-overload]
            stack.callback(process.wait)
            stack.callback(process.terminate)
        yield WebKit(port)


def test_webkit_records_opens_without_a_server_and_sends(webkit: WebKit, server: Server):
    webkit.open(f"{server.url}/field/#enrol={server.code_for('G1')}")
    webkit.unlock()
    webkit.type_digits()  # chosen twice
    webkit.press("button.card", "渡口卡点")
    webkit.until("document.querySelector('[data-vehicle=car]')")
    webkit.js("for (let n = 0; n < 25; n += 1) document.querySelector('[data-vehicle=car]').click()")
    webkit.until("document.querySelector('[data-vehicle=car] b').textContent === '25'")
    webkit.until("navigator.serviceWorker.controller")
    server.kill()

    webkit.open(f"{server.url}/field/")
    webkit.unlock()
    webkit.press("button.card", "渡口卡点")
    webkit.until("document.querySelector('[data-vehicle=car] b').textContent === '25'")
    webkit.press("[data-vehicle=car]")
    webkit.until("document.querySelector('[data-vehicle=car] b').textContent === '26'")
    server.start()
    webkit.js("dispatchEvent(new Event('online'))")
    webkit.until("document.querySelector('button.foot:not(.waits):not(.trouble)')")

    assert [each["seq"] for each in server.records()] == list(range(1, 27))
