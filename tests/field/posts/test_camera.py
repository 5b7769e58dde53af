"""The camera: what it sees is read without a tap, and where it is not allowed a sentence says so."""

import os
import shutil
from collections.abc import Iterator

import pytest
import segno
from playwright.sync_api import Browser, expect

from closeknit.kit.ids import printed
from tests.browser import ARGUMENTS
from tests.field.inside import call_now
from tests.field.screens import taps, until_kept, watch_taps

pytestmark = pytest.mark.browser
WIDTH, HEIGHT, A_SIGN = 320, 240, 6  # pixels; so many for each square of a code
FRAMES_A_SECOND, SECONDS_A_CODE = 10, 3
PERSON, TUBE = printed("P", "F101A"), "LAB-0007"


def frame(text: str) -> bytes:
    """A grey picture of a code in the middle of white paper, as a y4m has it."""
    rows = [bytes(16 if dark else 235 for dark in row for _ in range(A_SIGN)) for row in segno.make(text, micro=False).matrix]
    side = (WIDTH - len(rows[0])) // 2
    wide = [b"\xeb" * side + row + b"\xeb" * (WIDTH - side - len(row)) for row in rows for _ in range(A_SIGN)]
    above = (HEIGHT - len(wide)) // 2
    empty = b"\xeb" * WIDTH
    grey = b"".join([*[empty] * above, *wide, *[empty] * (HEIGHT - above - len(wide))])
    return b"FRAME\n" + grey + b"\x80" * (WIDTH * HEIGHT // 2)


@pytest.fixture(scope="module")
def browser(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Another Chromium of the same machine, before whose camera a person's code and a tube's label are held in turn."""
    film = tmp_path_factory.mktemp("film") / "codes.y4m"
    each = FRAMES_A_SECOND * SECONDS_A_CODE
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n".encode()
    film.write_bytes(head + frame(PERSON) * each + frame(TUBE) * each)
    seen = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    program = os.environ.get("CLOSEKNIT_CHROMIUM") or shutil.which("chromium")
    other = browser.browser_type.launch(executable_path=program, args=[*ARGUMENTS, *seen])
    yield other
    other.close()


def at_the_table(phone):
    """The table is set for one swab a tube."""
    page = phone.page
    phone.context.set_offline(True)
    page.get_by_role("button", name="第一轮采样").first.tap()
    page.get_by_role("button", name="单采").tap()
    page.get_by_role("button", name="开始采样").tap()
    return page


def test_the_camera_reads_a_person_and_a_tube_without_a_tap(enrolled, server):
    phone = enrolled("A1", permissions=["camera"])
    page = at_the_table(phone)
    watch_taps(page)

    until_kept(page, 2)

    assert taps(page) == 0
    expect(page.locator(".camera")).to_be_visible()
    phone.context.set_offline(False)
    call_now(page)
    phone.all_sent()
    swab, seal = server.records()
    assert (swab["kind"], swab["person"], swab["data"]["tube"]) == ("testing.sampled", "F101A", TUBE)
    assert (seal["kind"], seal["data"]) == ("testing.tube_sealed", {"tube": TUBE, "count": 1})


def test_a_refused_camera_says_so_and_typing_works(enrolled):
    page = at_the_table(enrolled("A1"))

    expect(page.locator(".notice.watch")).to_contain_text("未允许使用相机。请在浏览器设置中允许，或在下方手动输入。")
    for text in (PERSON, TUBE):
        page.locator("input[type=search]").fill(text)
        page.locator("input[type=search]").press("Enter")
        expect(page.locator("input[type=search]")).to_have_value("")
    until_kept(page, 2)
