"""How smoothly the phone's list of doors scrolls with 20,000 persons, beside the same list with a few: longest frame, ms.

closeknit bench scroll [--quick] [--json]     needs Chromium, and the app built (make field); --quick: 2,000 persons and a short way
"""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402  the path comes first

from benchmarks.ground.line import command, tell  # noqa: E402
from tests.browser import ARGUMENTS  # noqa: E402
from tests.field.phones import Phone, Server, free_port  # noqa: E402

SWEEP, VILLAGE_LIST = "全镇敲门", "村组及其他"
GOAL_MS = 50  # a frame longer than this is seen as a jerk
# Scrolls down and up again by a finger's stretch a frame; how long each frame took, and how many rows stood in the page at most.
SCROLLED = """async ([selector, steps]) => {
    const box = document.querySelector(selector);
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const frames = [];
    let most = 0;
    for (const step of [...Array(steps).fill(160), ...Array(steps).fill(-160)]) {
        const began = await frame();
        box.scrollTop += step;
        frames.push((await frame()) - began);
        most = Math.max(most, document.querySelectorAll(".doorline").length);
    }
    return { frames, most };
}"""


def scrolled(browser: Browser, app: Path, persons: int, steps: int) -> dict[str, float]:
    """A phone of its own at a server of its own: the longest frame, the 95th of a hundred, rows drawn."""
    with tempfile.TemporaryDirectory(prefix="closeknit-scroll-") as home:
        server = Server(Path(home), free_port(), more={"CLOSEKNIT_FIELD_APP": str(app)})
        server.ask("build", home)
        server.ask("crowd", str(persons))
        server.start()
        try:
            page = browser.new_page(
                viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, device_scale_factor=2, locale="zh-CN"
            )
            Phone(page, server.url, "zh-hans").enrol(server.ask("invite", "W1"))
            page.get_by_role("button", name=SWEEP).tap()
            page.get_by_role("button", name=VILLAGE_LIST).tap()
            page.locator(".doorline").first.wait_for()
            told = page.evaluate(SCROLLED, [".scroller", steps])
            page.close()
        finally:
            server.kill()
    frames = sorted(told["frames"])
    return {"longest_ms": round(frames[-1], 1), "p95_ms": round(frames[len(frames) * 95 // 100], 1), "rows_drawn": told["most"]}


def main() -> None:
    """The crowd beside a few, in one run."""
    parser = command(__doc__)
    parser.add_argument("--persons", type=int, default=20_000)
    options = parser.parse_args()
    persons, steps = (2_000, 40) if options.quick else (options.persons, 300)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS])
        few = scrolled(browser, ROOT / "field/dist", 100, steps)
        many = scrolled(browser, ROOT / "field/dist", persons, steps)
        browser.close()
    ratio = round(many["p95_ms"] / few["p95_ms"], 2)
    told = {"name": "scroll", "value": many["longest_ms"], "peer": few["longest_ms"], "ratio": ratio, "goal": GOAL_MS}
    tell({**told, "many": many, "few": few, "sizes": {"persons": persons}}, as_json=options.json)


if __name__ == "__main__":
    main()
