"""Repeats are counted and the consequence rises; results name units and never persons."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.results.rules import is_owed, repeats, step_of
from closeknit.reports.figures import Question, figure
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
DAY0 = datetime(2022, 3, 18, tzinfo=UTC)
LADDER = [{"from": 2, "code": "remind"}, {"from": 3, "code": "talk"}, {"from": 4, "code": "name"}]
NOW = START + timedelta(hours=9)


@pytest.mark.parametrize(
    ("times", "step", "drawn", "owed"),
    [
        (1, None, [], False), (2, "remind", [], True), (2, "remind", ["remind"], False), (3, "talk", ["remind"], True),
        (3, "talk", ["talk"], False), (4, "name", ["remind", "talk"], True), (9, "name", ["name"], False), (3, "talk", ["name"], False),
        (2, "remind", ["an old pack's"], True),
    ],
)  # fmt: skip
def test_ins_04_each_repeat_asks_for_the_step_of_the_pack_until_it_is_taken(times: int, step: str | None, drawn: list[str], owed: bool):
    found = step_of(times, LADDER)

    assert (found and found["code"], is_owed(times, LADDER, drawn)) == (step, owed)


def test_the_same_words_of_the_same_unit_within_the_days_are_a_repeat():
    days = [("甲村", "未 测温", 0), ("甲村", "未測温", 20), ("甲村", "未测温", -11), ("乙村", "未测温", 20), ("甲村", "无人值守", 20)]
    found = [(unit, title, DAY0 + timedelta(days=day)) for unit, title, day in days]

    assert repeats(found, DAY0 + timedelta(days=20, hours=1), 30) == {
        ("甲村", "未测温"): 2, ("乙村", "未测温"): 1, ("甲村", "无人值守"): 1,
    }  # fmt: skip


@pytest.fixture
def repeated(field_records: Field):
    """The western village was not on duty three times; the eastern one once. One inspection by plan found it."""
    for number, (unit, title) in enumerate([(WEST, "无人值守"), (WEST, "无人值守"), (EAST, "无人值守"), (WEST, "无人值守")], 1):
        data = {"problem": f"P-{number}", "unit": unit, "title": title}
        field_records.later(minutes=5).record("supervision.found", area=unit, data=data)
    plan = {"plan": "DC-001", "title": "督查", "checklist": ["无人值守", "宣传"], "due_on": "2022-03-19", "villages": [WEST, EAST]}
    field_records.record("checkplans.planned", area=TOWN, data=plan)
    field_records.record("checkplans.inspected", data={"plan": "DC-001", "unit": WEST, "met": ["宣传"], "not_met": ["无人值守"]})
    with clock.at(NOW):
        yield field_records


def rows(client: Any) -> list[str]:
    return list(client.get(f"/results/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1:])


def test_ins_05_inspections_problems_and_repeats_stand_by_unit(repeated: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    page = client.get(f"/results/{TOWN}/unit/{WEST}/").content.decode()

    # unit, what follows, again, reopened, found, open, inspected, not well, planned and not inspected
    assert rows(client) == ["西坪村,约谈责任单位,2,0,3,3,1,1,0", "东岭村,,0,0,1,1,0,0,1"]
    assert [word for word in ("约谈责任单位", "无人值守", "宣传", "P-4") if word not in page] == []
    assert "村干部甲" not in page, "units, never persons"


def test_ins_04_the_consequence_is_recorded_once_and_leaves_the_board_until_it_happens_again(repeated: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    line = "1 项问题在同一单位重复发生"
    assert line in client.get(f"/board/{TOWN}/").content.decode()
    for _ in range(2):
        assert client.post(f"/results/{TOWN}/drawn/{WEST}/").status_code == 302

    (drawn,) = Event.objects.filter(kind="results.drawn")
    with clock.at(NOW + timedelta(minutes=1)):
        after = client.get(f"/board/{TOWN}/").content.decode()
    assert (drawn.data, line in after) == ({"unit": WEST, "title": "无人值守", "times": 3, "step": "talk"}, False)

    repeated.now = NOW + timedelta(hours=1)
    repeated.record("supervision.found", data={"problem": "P-9", "unit": WEST, "title": "无人值守"})
    with clock.at(NOW + timedelta(hours=2)):
        assert line in client.get(f"/board/{TOWN}/").content.decode()
        assert rows(client)[0].startswith("西坪村,通报责任单位,3,")


def test_what_is_found_again_is_a_figure_with_the_problems_behind_it(repeated: Field, cast: Cast, sign_in: SignIn):
    question = Question(TOWN, START, START + timedelta(days=1))
    found = figure("results.repeated", question).rows(question)

    assert (found.value(), [row.code for row in found.listed()]) == (2, ["P-2", "P-4"])
    assert sign_in(cast.ben).get(f"/figures/results.repeated/?area={TOWN}").status_code == 200


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/results/{WEST}/", 200), ("ana", f"/results/{TOWN}/", 404), ("dov", f"/results/{TOWN}/unit/{WEST}/", 404),
        ("ben", f"/results/{TOWN}/unit/none/", 404), ("chen", f"/results/{TOWN}/", 403),
    ],
)  # fmt: skip
def test_who_sees_results(repeated: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
