"""A tube on one page; what does not reconcile stands on a list until somebody clears it, and no figure moves by that."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.testing.kinds import Matter
from closeknit.measures.tubes.kinds import REMEDIES
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account, campaign

SignIn = Callable[..., Any]
RESULT = {"lab": "LAB1", "tested_at": "2022-03-18T12:00:00+08:00"}


@pytest.fixture
def chain(cast: Cast, field_records: Field) -> Iterator[Field]:
    """T1 went its whole way; of every other tube something is the matter."""
    with clock.at(START - timedelta(hours=1)):
        plan(campaign("r", "testing.round", "persons"))
    field = field_records

    def sampled(tube: str, *persons: str, pool: int = 10) -> None:
        for person in persons:
            field.record("testing.sampled", person=person, place="S1", data={"tube": tube, "pool": pool, "round": "r"})

    def sealed(tube: str, count: int) -> None:
        field.record("testing.tube_sealed", place="S1", data={"tube": tube, "count": count})

    def handed(*tubes: str) -> None:
        field.record("testing.handed_over", data={"tubes": list(tubes), "box": "B1", "carrier": "甲车"})

    def received(*tubes: str) -> None:
        field.record("testing.received", data={"tubes": list(tubes), "lab": "LAB1"})

    sampled("T1", "P1", "P3")
    sampled("T2-TWO-TUBES", "P3")
    sampled("T3-COUNT", "P4")
    sampled("T4-NOT-SEALED", "P5")
    sampled("T5-NOT-HANDED", "P6")
    for tube, count in (("T1", 2), ("T2-TWO-TUBES", 1), ("T3-COUNT", 2), ("T5-NOT-HANDED", 1)):
        sealed(tube, count)
    field.later(minutes=10)
    handed("T1", "T2-TWO-TUBES", "T3-COUNT", "T6-NO-SAMPLE")
    handed("T3-COUNT")
    field.later(minutes=10)
    received("T1", "T3-COUNT", "T7-NEVER-HANDED")
    field.later(minutes=10)
    field.record("testing.resulted", data={"tube": "T1", "result": "negative", **RESULT})
    field.record("testing.resulted", data={"tube": "T2-TWO-TUBES", "result": "negative", **RESULT})
    with clock.at(START + timedelta(hours=30)):
        yield field


def listed(client: Any, query: str = "") -> list[tuple[str, str]]:
    """The tubes and matters of the list, from its file."""
    text = client.get(f"/tubes/{TOWN}/matters/?as=csv&at=now&{query}").content.decode("utf-8-sig")
    return sorted(tuple(line.split(",")[:2]) for line in text.splitlines()[1:])  # type: ignore[misc]


ALL = sorted(
    [
        ("T2-TWO-TUBES", "有结果未接收"), ("T2-TWO-TUBES", "一人两管"), ("T3-COUNT", "份数不符"), ("T3-COUNT", "重复交接"),
        ("T3-COUNT", "超时无结果"), ("T4-NOT-SEALED", "超时未封管"), ("T5-NOT-HANDED", "超时未交接"), ("T6-NO-SAMPLE", "无采样登记"),
        ("T6-NO-SAMPLE", "超时未接收"), ("T7-NEVER-HANDED", "已接收未交接"), ("T7-NEVER-HANDED", "无采样登记"),
        ("T7-NEVER-HANDED", "超时无结果"),
    ]
)  # fmt: skip


def test_every_matter_stands_on_the_list_with_its_reason(chain: Field, cast: Cast, sign_in: SignIn):
    found = listed(sign_in(cast.ben))

    assert found == ALL
    assert {matter for _, matter in found} == {each.label.zh for each in Matter}


def test_what_to_do_stands_beneath_the_matter_and_in_a_file_apart(chain: Field, cast: Cast, sign_in: SignIn):
    address = f"/tubes/{TOWN}/matters/?at=now&matter=count"
    page = sign_in(cast.ben).get(address).content.decode()
    file = sign_in(cast.ben).get(f"{address}&as=csv").content.decode("utf-8-sig").splitlines()

    cell = page.split('data-label="不符事项"')[1].split("</td>")[0]
    assert REMEDIES[Matter.COUNT].zh in cell and "处理办法" not in page
    assert "处理办法" in file[0] and REMEDIES[Matter.COUNT].zh in file[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("matter=count", [("T3-COUNT", "份数不符")]), ("matter=two_tubes", [("T2-TWO-TUBES", "一人两管")]),
        ("q=t5", [("T5-NOT-HANDED", "超时未交接")]), ("place=S9", []), ("matter=handed_twice&round=r", [("T3-COUNT", "重复交接")]),
        ("round=other", []), ("state=cleared", []),
    ],
)  # fmt: skip
def test_the_list_narrows_by_reason_site_and_round(chain: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[Any]):
    assert listed(sign_in(cast.ben), query) == expected


def test_nobody_is_late_before_the_packs_hours_are_over(chain: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(hours=2)):
        found = {matter for _, matter in listed(sign_in(cast.ben))}

    assert not {word for word in found if word.startswith("超时")} and "份数不符" in found


def post_form(client: Any, url: str, **said: str) -> Any:
    drawn = client.get(url).content.decode()
    hidden = dict(re.findall(r'name="(event|next)" value="([^"]*)"', drawn))
    return client.post(url, {**hidden, **said})


def test_clearing_takes_it_off_the_list_and_leaves_every_figure(chain: Field, cast: Cast, sign_in: SignIn):
    client, question = sign_in(cast.ben), Question(TOWN, START, START + timedelta(days=2))
    before = figures(question)
    url = f"/tubes/{TOWN}/clear/?tube=T3-COUNT&matter=count&at=now"

    empty = post_form(client, url, reason=" ")
    answers = [post_form(client, url, reason="复核为一份")]

    assert (empty.status_code, answers[0].status_code) == (422, 302)
    assert ("T3-COUNT", "份数不符") not in listed(client) and len(listed(client)) == len(ALL) - 1
    shown = client.get(f"/tubes/{TOWN}/matters/?state=cleared").content.decode()
    assert "复核为一份（镇干部）" in shown
    assert "核销“份数不符”：复核为一份" in client.get("/tube/T3-COUNT/").content.decode()
    after = figures(Question(TOWN, START, START + timedelta(days=2)))
    assert {name: after[name] for name in before if after[name] != before[name]} == {"testing.cleared": 1}
    assert after["testing.unreconciled"] == 2


def test_many_are_cleared_at_once_after_the_page_named_how_many(chain: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    url = f"/tubes/{TOWN}/clear/?matter=not_resulted&at=now"
    assert "将本列表 2 项一并核销" in client.get(url).content.decode()

    post_form(client, url, reason="检测机构停电")

    assert "超时无结果" not in {matter for _, matter in listed(client)}
    assert Event.objects.filter(kind="testing.cleared").count() == 2


def test_tst_05_the_whole_way_of_a_tube_stands_on_one_page(chain: Field, cast: Cast, sign_in: SignIn):
    page = html.unescape(sign_in(cast.ben).get("/tube/T1/").content.decode())
    steps = [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", page.split('class="timeline"')[1])]

    assert [step.split(" ", 2)[2].rsplit(" ", 1)[0].strip() for step in steps] == [
        "卢兰利 采样", "单田芳 采样", "封管，2 份", "交接：转运箱 B1，转运人 甲车", "LAB1 接收", "阴性（LAB1）",
    ]  # fmt: skip
    assert "河街商店" in page and Reading.objects.get(screen="tubes.tube").codes == ["P1", "P3"]


def test_the_page_says_what_does_not_reconcile_and_what_to_do(chain: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get("/tube/T2-TWO-TUBES/?at=now").content.decode()

    assert "检测机构已出结果，但无接收登记" in page and "一人两管: 单田芳" in page
    assert "/clear/?tube=T2-TWO-TUBES&amp;matter=two_tubes" in page


def test_the_laboratory_sees_tubes_and_never_persons(chain: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(account("lab", "laboratory", TOWN))
    pages = [
        client.get(path).content.decode() for path in ("/tube/T1/", "/tube/T2-TWO-TUBES/", f"/tubes/{TOWN}/", f"/tubes/{TOWN}/matters/")
    ]

    assert "一人 采样" in pages[0]
    assert not [word for word in ("卢兰利", "卢＊", "单田芳", "单＊", "P1", "P3") for page in pages if word in page]
    assert not Reading.objects.exists()


def test_the_search_box_finds_a_tube(chain: Field, cast: Cast, sign_in: SignIn):
    ben, dov = (sign_in(who).get("/search/?q=T3-CO").content.decode() for who in (cast.ben, cast.dov))

    assert 'href="/tube/T3-COUNT/"' in ben and "T3-COUNT" not in dov.replace("T3-COUNT/", "")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("state=negative", ["T1", "T2-TWO-TUBES"]), ("state=open", ["T4-NOT-SEALED"]), ("q=T5", ["T5-NOT-HANDED"]), ("round=other", None)],
)
def test_the_tubes_of_an_area_by_state_and_number(chain: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[str] | None):
    text = sign_in(cast.ben).get(f"/tubes/{TOWN}/?as=csv&{query}").content.decode("utf-8-sig")
    found = sorted(line.split(",")[0] for line in text.splitlines()[1:])

    assert found == (expected if expected is not None else sorted({tube for tube, _ in ALL} | {"T1"}))


def test_a_tube_that_is_handed_over_already_is_refused_at_the_console_with_when_and_where(chain: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    drawn = client.get("/record/testing.handed_over/").content.decode()
    event = re.findall(r'name="event" value="([^"]*)"', drawn)[0]

    answer = client.post("/record/testing.handed_over/", {"event": event, "tubes": "T1\nT5-NOT-HANDED", "box": "B2", "carrier": "乙车"})

    assert answer.status_code == 422 and "采样管 T1 已于 03-18 09:10 装入转运箱 B1 交接" in answer.content.decode()
    assert Event.objects.filter(kind="testing.handed_over").count() == 2


def test_a_hand_over_from_a_phone_is_kept_and_stands_on_the_list(chain: Field, cast: Cast, sign_in: SignIn):
    chain.record("testing.handed_over", data={"tubes": ["T5-NOT-HANDED"], "box": "B3", "carrier": "甲车"})
    chain.record("testing.handed_over", data={"tubes": ["T5-NOT-HANDED"], "box": "B4", "carrier": "甲车"})

    assert ("T5-NOT-HANDED", "重复交接") in listed(sign_in(cast.ben))


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/tubes/{WEST}/", 200), ("ana", f"/tubes/{EAST}/", 404), ("ana", "/tube/T1/", 200), ("dov", "/tube/T1/", 404),
        ("dov", f"/tubes/{TOWN}/", 404), ("dov", f"/tubes/{TOWN}/matters/", 404), ("chen", f"/tubes/{TOWN}/clear/", 403),
        ("dov", f"/tubes/{TOWN}/clear/", 404), ("ben", "/tube/none/", 404),
    ],
)  # fmt: skip
def test_who_sees_which_tubes(chain: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status


def test_where_everything_reconciles_the_page_says_so(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    assert "账实相符" in client.get(f"/tubes/{TOWN}/matters/").content.decode()
    assert "采样员扫码登记第一份样本后" in client.get(f"/tubes/{TOWN}/").content.decode()


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(chain: Field, cast: Cast, sign_in: SignIn):
    client, asked = sign_in(cast.ben), []
    for query in ("q=T2", ""):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/tubes/{TOWN}/matters/?at=now&{query}")
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_board_tells_what_nobody_has_cleared(chain: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/board/{TOWN}/?at=now").content.decode()

    assert f"{len(ALL)} 项采样管账实不符" in page and f"/tubes/{TOWN}/matters/?matter=not_resulted" in page
