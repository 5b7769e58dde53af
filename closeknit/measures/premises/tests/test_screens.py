"""The premises on the screen: inspected with the pack's checklist, their history, the runs, and what comes again."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)


@pytest.fixture
def premises(field_records: Field) -> Iterator[Field]:
    """S1: the same thing found in two runs, the second unannounced and accompanied; S2: closed by a second look."""
    field_records.record("inspections.inspected", place="S1", data={"run": "r1", "actions": ["rectify"], "findings": ["未佩戴口罩"]})
    second = {
        "run": "r2",
        "actions": ["rectify", "close"],
        "findings": ["未佩戴口罩", "人员聚集"],
        "manner": "unannounced",
        "accompanied_by": ["派出所"],
    }
    field_records.later(hours=1).record("inspections.inspected", place="S1", data=second)
    field_records.record(
        "inspections.inspected", place="S2", area=EAST, data={"run": "r2", "actions": ["none"], "findings": ["未开窗通风"]}
    )
    field_records.later(hours=1).record("inspections.looked_back", place="S2", area=EAST, data={"outcome": "closed"})
    with clock.at(NOW):
        yield field_records


def names(client: Any, query: str) -> list[str]:
    text = client.get(f"/inspections/{TOWN}/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",")[0] for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=open", ["河街商店"]), ("state=repeated", ["河街商店"]), ("state=never", ["一号冷库", "渡口卡点"]), ("state=raise", []),
        ("state=inspected", ["河街商店", "东岭商店"]), ("category=shop", ["河街商店", "东岭商店"]), ("q=口罩", ["河街商店"]),
    ],
)  # fmt: skip
def test_the_premises_of_each_state_the_worst_first(premises: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[str]):
    assert names(sign_in(cast.ben), query) == expected


def test_a_shops_history_shows_findings_acts_and_what_happened(premises: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get("/inspected/S1/").content.decode()
    named = re.findall(r'<th scope="row" class="phone-title">(?:<a[^>]*>)?([^<]+)', page)

    assert named == ["责令改正", "停业", "责令改正", "人员聚集", "未佩戴口罩", "未佩戴口罩"]
    assert re.findall(r'data-label="第几次">(\d)', page) == ["1", "2", "1"]
    assert page.split('class="timeline"')[1].split("</ol>")[0].count("村干部甲 场所检查") == 2


def test_enf_02_an_inspection_ticks_the_packs_checklist_and_stores_the_same_words_in_both_languages(cast: Cast, ben: Any):
    form = ben.get("/inspect/S1/").content.decode()
    asked = ["Registration notice not posted", "Entrants not registered", "Temperature not taken", "No masks"]
    sent = {
        "event": str(uuid4()),
        "run": "夜查",
        "findings": ["未测量体温", "未佩戴口罩"],
        "more": "灭火器过期",
        "actions": ["rectify"],
        "manner": "unannounced",
    }
    answer = ben.post("/inspect/S1/", sent)

    assert [words in form for words in asked] == [True] * 4
    assert (answer.status_code, answer["Location"]) == (302, "/inspected/S1/")
    event = Event.objects.get(kind="inspections.inspected")
    assert (event.place, event.area, event.data["findings"]) == ("S1", WEST, ["未测量体温", "未佩戴口罩", "灭火器过期"])
    assert 'value="夜查"' in ben.get("/inspect/S2/").content.decode(), "the next place belongs to the same run"


def test_enf_05_enf_06_runs_places_and_acts_are_counted_announced_or_not(premises: Field, cast: Cast, sign_in: SignIn):
    counted = figures(Question(TOWN, START, NOW), "inspections.")
    wanted = ("runs", "premises", "rectify", "close", "seal", "penalise", "unannounced", "accompanied", "findings_open", "repeated")

    assert [counted[f"inspections.{name}"] for name in wanted] == [2, 2, 2, 1, 0, 0, 1, 1, 1, 1]
    text = sign_in(cast.ben).get(f"/inspections/{TOWN}/runs/?manner=accompanied&as=csv").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["r2"]


def test_a_repeat_that_ordered_too_little_stands_on_the_board_until_it_is_closed(premises: Field, cast: Cast, sign_in: SignIn):
    premises.later(hours=1).record(
        "inspections.inspected", place="S2", area=EAST, data={"run": "r3", "actions": ["rectify"], "findings": ["未开窗通风"]}
    )
    low = names(sign_in(cast.ben), "state=raise")
    board = sign_in(cast.ben).get(f"/board/{TOWN}/").content.decode()
    page = sign_in(cast.ben).get("/inspected/S2/").content.decode()
    premises.later(minutes=5).record("inspections.looked_back", place="S2", area=EAST, data={"outcome": "closed"})

    assert (low, "屡查屡犯未升级处置" in board, "第 2 次发现，按规则应升级为行政处罚" in page) == (["东岭商店"], True, True)
    assert names(sign_in(cast.ben), "state=raise") == []


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/inspections/{WEST}/", 200), ("ana", f"/inspections/{EAST}/", 404), ("ana", "/inspected/S1/", 200),
        ("ana", "/inspected/S2/", 404),
        ("ana", "/inspect/S1/", 403), ("dov", "/inspected/S1/", 404), ("dov", f"/inspections/{TOWN}/runs/", 404),
        ("chen", f"/inspections/{WEST}/", 403),
    ],
)  # fmt: skip
def test_who_sees_which_premises(premises: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
