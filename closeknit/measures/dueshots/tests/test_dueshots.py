"""Base numbers per village, who is due by the pack's intervals, and what they answered, also at the door."""

import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account, build

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
ZERO = ("due_agreed", "due_declined", "due_postponed", "due_done", "due_not_due", "due_unanswered")


@pytest.fixture
def doses(field_records: Field) -> Iterator[Field]:
    """P1 (59 years) and P5 (31) had two doses long ago, P4 lately, P2 (2) is too young, P6's age is not known; P3 (80) has had none."""
    for person, said in (("P1", {"doses": 2, "last_on": "2021-09-01"}), ("P5", {"doses": 2, "last_on": "2021-09-19"})):
        area = WEST if person == "P1" else EAST
        field_records.record("vaccination.base_set", person=person, area=area, data={**said, "source": "record"})
    field_records.record("vaccination.given", person="P4", data={"dose": 2}, at=(START - timedelta(days=30)).isoformat())
    with clock.at(NOW):
        yield field_records


def rows(client: Any, path: str) -> list[dict[str, str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    heading, *lines = [line.split(",") for line in text.splitlines()]
    return [dict(zip(heading, line, strict=True)) for line in lines]


def told(area: str = TOWN, end: Any = NOW) -> dict[str, Any]:
    """The figures of vaccination that are not 0."""
    values = figures(Question(area, START, end), "vaccination.")
    return {name.removeprefix("vaccination."): value for name, value in values.items() if value}


def test_vac_01_base_numbers_by_village_and_who_is_due(doses: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    numbers = [
        {name: row[name] for name in ("地区", "人数", "第 1 剂", "第 2 剂", "第 3 剂", "应种未种", "年龄不详")}
        for row in rows(client, f"/vaccination/{TOWN}/numbers/")
    ]
    due = [
        (row["姓名"], row["下一剂"], row["末剂日期"], row["可种日期"]) for row in rows(client, f"/vaccination/{TOWN}/persons/?state=due")
    ]

    assert numbers == [
        {"地区": "西坪村", "人数": "4", "第 1 剂": "2", "第 2 剂": "2", "第 3 剂": "0", "应种未种": "2", "年龄不详": "0"},
        {"地区": "东岭村", "人数": "2", "第 1 剂": "1", "第 2 剂": "1", "第 3 剂": "0", "应种未种": "1", "年龄不详": "1"},
    ]
    assert due == [("单田芳", "1", "", ""), ("卢兰利", "3", "2021-09-01", "2022-02-28"), ("喆𬱖", "3", "2021-09-19", "2022-03-18")]
    assert told() == {"persons": 6, "had.1": 3, "had.2": 3, "due": 3, "due_booster": 2, "age_unknown": 1, "due_unanswered": 3}
    assert Reading.objects.filter(screen="dueshots.persons", purpose="export csv").exists()


def test_vac_02_what_a_person_or_a_household_answered_is_recorded(doses: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = html.unescape(client.get(f"/vaccination/{TOWN}/persons/").content.decode())
    assert "/record/vaccination.mobilised/?person=P1" in page
    client.post("/record/vaccination.mobilised/", {"event": str(uuid4()), "chosen_person": "P1", "answer": "agreed"})
    doses.record("vaccination.mobilised", household="H4", area=EAST, data={"answer": "declined", "reason": "担心"}, at=NOW.isoformat())
    doses.record("vaccination.mobilised", person="P3", data={"answer": "postponed"})

    with clock.at(NOW + timedelta(minutes=1)):
        answers = {row["姓名"]: row["最近答复"] for row in rows(client, f"/vaccination/{TOWN}/persons/")}
    assert answers == {"卢兰利": "同意接种", "喆𬱖": "不愿接种", "单田芳": "医生建议暂缓"}
    after = told(end=NOW + timedelta(minutes=1))
    assert {name: after[name] for name in (*ZERO[:3], "mobilised")} == {
        "due_agreed": 1, "due_declined": 1, "due_postponed": 1, "mobilised": 3,
    }  # fmt: skip
    assert "担心" not in str(Event.objects.get(kind="vaccination.mobilised", household="H4").data)


def test_knk_06_the_answer_at_the_door_stands_on_the_list_of_who_is_due_for_a_booster(doses: Field, cast: Cast, sign_in: SignIn):
    said = {"event": str(uuid4()), "chosen_household": "H1", "outcome": "met", "present": "2", "booster": "agreed"}
    assert sign_in(cast.ana).post("/record/doorknock.visited/", said).status_code == 302
    doses.record("doorknock.visited", household="H2", data={"outcome": "met", "booster": "declined"})

    after = told(end=NOW + timedelta(minutes=1))
    assert (after["due_agreed"], after["due_unanswered"], after.get("due_declined")) == (1, 2, None)  # H2's P3 is not due for a booster
    with clock.at(NOW + timedelta(days=8)):
        board = html.unescape(sign_in(cast.ben).get(f"/board/{TOWN}/?at=now").content.decode())
        doses.later(days=8).record("vaccination.given", person="P1", data={"dose": 3})
        assert "同意接种、逾期未种：1 人" in board
        assert "due_agreed" not in told(end=NOW + timedelta(days=8, minutes=1))


def test_vac_01_base_numbers_come_in_by_pasting_and_what_is_not_read_stays(doses: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    answer = client.post(f"/vaccination/{TOWN}/base/", {"source": "record", "lines": "P3，1，2022年1月5日\nP404, 2\nP7, 1\nP4 ? x"})
    page = html.unescape(answer.content.decode())

    assert (answer.status_code, "3 行未能录入" in page) == (422, True)
    assert ["P404, 2" in page, "P3，1" in page] == [True, False]
    (base,) = Event.objects.filter(kind="vaccination.base_set", person="P3")
    assert (base.area, base.data) == (WEST, {"doses": 1, "last_on": "2022-01-05", "source": "record"})


def test_vac_01_under_another_disease_its_own_schedule_holds(db: None, tmp_path: Path, sign_in: SignIn):
    build(tmp_path, pack="generic-measles")
    with clock.at(NOW):
        page = sign_in(account("ben", "town_clerk", TOWN, member="W3")).get(f"/vaccination/{TOWN}/persons/?state=due&as=csv")
    lines = page.content.decode("utf-8-sig").splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["卢小河"]  # of those whose age is known the only child


@pytest.mark.parametrize("screen", ["numbers", "persons", "base"])
@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404)])
def test_who_sees_it(doses: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/vaccination/{area}/{screen}/").status_code == status
