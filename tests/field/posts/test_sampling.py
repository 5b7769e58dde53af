"""The sampling table: a scanner that types, no tap a person, a warning for whatever is wrong, and all of it without a network."""

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit.ids import check_character, printed
from tests.field.inside import count
from tests.field.screens import figures, taps, until_kept, watch_taps
from tests.town import WEST, id_no

pytestmark = pytest.mark.browser
PEOPLE = [f"F{flat}{letter}" for flat in (101, 102, 201, 202, 301) for letter in "AB"]
# How long after a scanner's last sign the card said something else: measured in the page, so that nothing but the app is measured. (The
# answer to Enter is there before a listener that came later hears of Enter.)
WATCH_ANSWERS = """() => {
    const said = () => document.querySelector(".answer .said")?.textContent;
    let before = said(), entered = 0;
    globalThis.answers = [];
    addEventListener("keydown", (event) => { if (event.key !== "Enter") entered = performance.now(); }, true);
    new MutationObserver(() => {
        const now = said();
        if (now && now !== before) answers.push([now, Math.round(performance.now() - entered)]);
        before = now;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def tube(serial: str) -> str:
    """A tube's label as Closeknit prints it."""
    return f"CT{serial}{check_character(f'CT{serial}')}"


@pytest.fixture
def at_the_table(enrolled):
    """A phone without a network at the site's table, ten to a tube."""
    phone = enrolled("A1")
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="第一轮采样").first.tap()
    phone.page.get_by_role("button", name="开始采样").tap()
    phone.page.locator(".answer").wait_for()
    return phone


def scan(page: Page, code: str) -> None:
    """What a keyboard wedge does."""
    page.keyboard.type(f"{code}\n", delay=0)


def person(page: Page, code: str) -> None:
    scan(page, printed("P", code))


def says(page: Page, words: str) -> None:
    """The table's card says so."""
    expect(page.locator(".answer .said")).to_contain_text(words)


def test_ten_people_take_eleven_scans_and_no_tap_and_their_tube_seals_itself(at_the_table, server):
    page = at_the_table.page
    watch_taps(page)

    person(page, PEOPLE[0])
    says(page, "艾一")
    scan(page, tube("000001"))
    for number, code in enumerate(PEOPLE[1:], start=2):
        until_kept(page, number - 1)
        person(page, code)
    until_kept(page, 11)

    says(page, "已满封管")
    assert taps(page) == 0
    expect(page.locator(".tubes > li")).to_have_count(1)
    expect(page.locator(".tubes .badge")).to_have_text("已封管")
    at_the_table.send_all()
    records = server.records()
    assert [(each["kind"], each["person"], each["place"], each["data"]) for each in records] == [
        *(("testing.sampled", code, "TS1", sampled("000001", 10)) for code in PEOPLE),
        ("testing.tube_sealed", "", "TS1", {"tube": tube("000001"), "count": 10}),
    ]
    page.locator("button.back").tap()
    assert [int(each) for each in page.locator("button.card").filter(has_text="第一轮采样").locator("b").all_inner_texts()] == [10, 6]
    wanted = {"due": 16, "sampled": 10, "gap": 6, "person_times": 10, "tubes": 1}
    reckoned = reckoned_of(server)
    assert {name: reckoned[name] for name in wanted} == wanted
    assert not any(value for name, value in reckoned.items() if name not in wanted)


def sampled(serial: str, pool: int) -> dict:
    """What a swab's record says."""
    return {"tube": tube(serial), "pool": pool, "round": "round", "mode": "site", "station": 1}


def reckoned_of(server) -> dict[str, int]:
    """The figures of testing in the village."""
    return {name.removeprefix("testing."): value for name, value in figures(server, WEST).items() if name.startswith("testing.")}


def test_whatever_is_wrong_is_said_in_words_within_a_second(at_the_table):
    page = at_the_table.page
    scan(page, tube("000002"))
    says(page, "现用")
    for number, code in enumerate(PEOPLE[:3], start=1):
        person(page, code)
        until_kept(page, number)
    page.evaluate(WATCH_ANSWERS)
    wrong = [
        (printed("P", PEOPLE[0]), "艾一 已于"),
        ("CKP1:F202A:" + ("0" if check_character("F202A") != "0" else "1"), "此码有一位不符，校验未通过。"),
        (printed("V", "S1"), "这是场所海报：河街商店。"),
        (tube("000002")[:-1] + ("0" if tube("000002")[-1] != "0" else "1"), "此码有一位不符，校验未通过。"),
        ("https://example.org/menu", "不是本系统的码。"),
        (id_no("19700101", 102)[:-1] + ("0" if id_no("19700101", 102)[-1] != "0" else "1"), "证件号码有误，校验未通过。"),
    ]

    for code, words in wrong:
        scan(page, code)
        says(page, words)

    answers = page.evaluate("globalThis.answers")
    assert len(answers) == len(wrong)
    assert [each for each in answers if each[1] >= 1_000] == []
    assert count(page, "outbox") == 3


def test_a_full_tube_is_refused_sealed_and_opened_again(at_the_table):
    page = at_the_table.page
    page.get_by_role("button", name="重新设置采样台").tap()
    page.get_by_role("button", name="5 合 1").tap()
    page.get_by_role("button", name="开始采样").tap()
    says(page, "先扫人员，再扫采样管")
    scan(page, tube("000003"))
    for number, code in enumerate(PEOPLE[:5], start=1):
        person(page, code)
        until_kept(page, number if number < 5 else 6)

    scan(page, tube("000003"))

    says(page, "封管。")
    page.locator(".tubes button").first.tap()
    page.get_by_role("button", name="重新打开此管").tap()
    until_kept(page, 7)
    scan(page, printed("V", "S1"))  # another code in between: the same one again within seconds is the same scan
    scan(page, tube("000003"))
    says(page, "管已满")
    assert count(page, "outbox") == 7


def test_a_wrong_binding_is_undone_at_the_table_and_voided_in_the_ledger(at_the_table, server):
    page = at_the_table.page
    scan(page, tube("000004"))
    person(page, PEOPLE[0])
    until_kept(page, 1)
    person(page, PEOPLE[1])
    until_kept(page, 2)

    page.get_by_role("button", name="撤销 艾二").tap()
    until_kept(page, 3)

    expect(page.locator(".tube")).to_have_attribute("data-count", "1")
    person(page, PEOPLE[2])
    until_kept(page, 4)
    page.get_by_role("button", name="提前封管（2）").tap()
    until_kept(page, 5)
    at_the_table.send_all()
    _, wrong, void, _, sealed = server.records()
    assert (wrong["person"], void["kind"], void["corrects"]) == (PEOPLE[1], "ledger.voided", wrong["id"])
    assert sealed["data"] == {"tube": tube("000004"), "count": 2}
    reckoned = reckoned_of(server)
    assert (reckoned["sampled"], reckoned["person_times"], reckoned["unreconciled"]) == (2, 2, 0)


def test_somebody_without_a_code_is_found_by_id_by_last_digits_or_entered_anew(at_the_table, server):
    page = at_the_table.page
    scan(page, tube("000005"))
    says(page, "现用")

    scan(page, id_no("19700101", 102))
    until_kept(page, 1)
    says(page, "岑一")
    page.locator("input[type=search]").fill(id_no("19720202", 102)[-4:])
    page.locator("input[type=search]").press("Enter")
    until_kept(page, 2)
    says(page, "岑二")
    scan(page, id_no("19880808", 555))
    says(page, "本机名单中无此证件号。")
    page.get_by_role("button", name="登记新人员").tap()
    expect(page.get_by_label("证件号码（如有）")).to_have_value(id_no("19880808", 555))
    page.get_by_label("姓名", exact=True).fill("新来人")
    page.get_by_role("button", name="保存并继续").tap()
    until_kept(page, 4)
    says(page, "新来人")
    at_the_table.send_all()

    by_number, by_digits, found, new = server.records()
    assert [each["person"] for each in (by_number, by_digits, new)] == ["F201A", "F201B", f"found:{found['id']}"]
    assert found["told"] == {"what": "person", "name": "新来人", "id_no": id_no("19880808", 555), "birth_date": "1988-08-08"}
    assert {each["data"]["tube"] for each in (by_number, by_digits, new)} == {tube("000005")}
    reckoned = reckoned_of(server)
    assert (reckoned["due"], reckoned["sampled"], reckoned["gap"]) == (17, 3, 14)


def test_where_there_is_no_camera_a_sentence_says_so_and_typing_works(at_the_table):
    page = at_the_table.page

    expect(page.locator(".notice.watch")).to_contain_text("本机没有相机，请在下方手动输入，或使用扫描枪。")
    field = page.locator("input[type=search]")
    for text in (printed("P", PEOPLE[0]), tube("000006")):
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_value("")
    until_kept(page, 1)
    says(page, "艾一")
