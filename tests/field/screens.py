"""What stands on a phone's screen: whether it fits, how large what one presses is, and how often one pressed."""

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.field.inside import count

# What sticks out at the sides, and what is wider or higher than the button, badge or line that holds it. What is cut with an ellipsis
# on purpose is left out, and so is what lies in a box that is meant to be scrolled sideways (there is none).
OVER_EDGE = """() => {
    const told = (element) => `${element.tagName} ${element.getAttribute("class") ?? ""} ${element.textContent.trim().slice(0, 24)}`;
    const holds = "button, a.button, .badge, h1, h2, h3, p, legend, label, li, main, header, .scroller, .doorline, .foot, dialog, select";
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        if (!box.width || !box.height || style.visibility === "hidden" || element.closest("svg:not(:scope), .camera")) continue;
        if (box.left < -1 || box.right > innerWidth + 1) found.push(`beyond the edge: ${told(element)}`);
        if (!element.matches(holds) || style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") continue;
        if (element.scrollWidth > element.clientWidth + 1) found.push(`wider than its place: ${told(element)}`);
        const sign = 0.3 * parseFloat(style.fontSize); // by so much a sign may be higher than its line without being cut
        const cut = element.matches("button, a.button, .badge, .doorline") && element.scrollHeight > element.clientHeight + sign;
        if (cut) found.push(`higher than its place: ${told(element)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
    return found;
}"""
SIZES = """(selector) => [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect())
    .filter((box) => box.width).map((box) => Math.min(box.width, box.height))"""
WATCH_TAPS = """() => {
    globalThis.taps = 0;
    addEventListener("click", () => { globalThis.taps += 1; }, true);
}"""
# What one presses and is smaller than a thumb, 48 px; and, in large type, letters of another size than 18 to 30 px (signs are drawn).
SMALL = """() => [...document.querySelectorAll("button, a[href], select, input, textarea, summary")]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height && Math.min(box.width, box.height) < 47.5)
    .map(([element]) => `too small to press: ${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 24)}`)"""
ODD = """() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const [text, holder] = [texts.currentNode.textContent.trim(), texts.currentNode.parentElement];
        const size = parseFloat(getComputedStyle(holder).fontSize);
        if (!text || !holder.getClientRects().length || holder.matches(".sign")) continue;
        if (size < 18 || size > 30) found.push(`letters of ${size} px: ${holder.tagName} ${holder.className} ${text.slice(0, 24)}`);
    }
    return found;
}"""
TWICE = "200%"
TYPES = {"ordinary": "18px", "large": "24px", TWICE: "36px"}  # the app's own 18 px, its large type, and twice its own


def over_edge(page: Page) -> list[str]:
    """What does not fit on the screen as it stands."""
    found: list[str] = page.evaluate(OVER_EDGE)
    return sorted(set(found))


def over_edge_in_every_type(page: Page, types: Iterable[str] = TYPES) -> dict[str, list[str]]:
    """The same in ordinary and in large type, and with text of 200 %, by the type; only where something does not fit."""
    wrong = {}
    for name in types:
        size = TYPES[name]
        page.evaluate("([name, size]) => Object.assign(document.documentElement.style, { fontSize: size })", [name, size])
        page.evaluate("(name) => { document.documentElement.dataset.size = name === 'large' ? name : ''; }", name)
        page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        found = [*over_edge(page), *page.evaluate(SMALL), *(page.evaluate(ODD) if name == "large" else [])]
        if found:
            wrong[name] = found
    page.evaluate("() => { document.documentElement.style.fontSize = ''; document.documentElement.dataset.size = ''; }")
    return wrong


def least(page: Page, selector: str) -> float:
    """The shorter side of the smallest of these, in pixels."""
    sizes: list[float] = page.evaluate(SIZES, selector)
    assert sizes, f"Nothing on the screen is {selector}."
    return min(sizes)


def watch_taps(page: Page) -> None:
    """From now on presses are counted, whatever made them."""
    page.evaluate(WATCH_TAPS)


def taps(page: Page) -> int:
    """How often something was pressed since they are counted."""
    number: int = page.evaluate("globalThis.taps")
    return number


def until_kept(page: Page, number: int) -> None:
    """Waits until the outbox holds so many records."""
    for _ in range(200):
        if count(page, "outbox") >= number:
            break
        page.wait_for_timeout(25)
    assert count(page, "outbox") == number


def figures(server: Any, area: str) -> dict[str, Any]:
    """The figures of an area for the hours around now, as `closeknit figures` prints them."""
    now = datetime.now(UTC)
    window = ("--from", (now - timedelta(hours=1)).isoformat(), "--to", (now + timedelta(hours=1)).isoformat())
    words = (Path(sys.executable).parent / "closeknit", "figures", "--area", area, *window, "--json")
    printed = subprocess.run(words, env=server.environment, capture_output=True, text=True, check=True).stdout
    reckoned: dict[str, Any] = json.loads(printed)
    return reckoned
