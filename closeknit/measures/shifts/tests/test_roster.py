"""Shifts planned round the clock within the pack's limits; the roster of a day; what cannot be is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.shifts.models import GridHold, Shift
from closeknit.measures.shifts.projections import GridHolds, Shifts
from tests.town import GRID, START, TOWN, Cast, Field

SignIn = Callable[[Any], Any]
PLAN = {"post": "checkpoint", "day": "2022-03-19", "begins": "0", "hours": "24", "each": "8", "at_once": "1"}


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def shift(records: Field, worker: str, begins: str, ends: str, **rest: Any) -> Event:
    data = {"post": "checkpoint", "worker": worker, "from_at": f"{begins}+08:00", "to_at": f"{ends}+08:00"}
    return records.record("deployment.shift_planned", member="W3", device="console:ben", data=data, **{"place": "CP1", **rest})


def test_dep_07_twenty_four_hours_of_a_point_are_planned_with_relief(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(START):
        answer = client.post("/shifts/at/CP1/plan/", {**PLAN, "workers": "W1\nW2\nW3"})
        page, found = client.get(f"/shifts/{TOWN}/?day=2022-03-19").content.decode(), rows(client, f"/shifts/{TOWN}/?day=2022-03-19")

    assert (answer.status_code, "无人排班时段" in page) == (302, False)
    assert [(row[0], row[1], row[2], row[3], row[6]) for row in found] == [
        ("村干部甲", "待班", "渡口卡点", "卡点查验", "8.0"), ("村干部乙", "待班", "渡口卡点", "卡点查验", "8.0"),
        ("镇干部", "待班", "渡口卡点", "卡点查验", "8.0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"workers": "W1\nW2"}, "村干部甲 当日工时将超过 12 小时"),
        ({"workers": "W1\nW2\nW3", "each": "13", "hours": "13"}, "单个班次不超过 12 小时"),
        ({"workers": "W1", "hours": "12", "each": "6"}, "村干部甲 两班之间休息不足 8 小时"),
        ({"workers": "W9"}, "辖区内无此人员编号：W9"),
        ({"workers": "W1\nW2\nW3", "post": "sampling"}, "此岗位须具备“采样资质”"),
    ],
)
def test_dep_07_a_plan_over_the_limits_is_refused_whole_with_the_remedy(cast: Cast, sign_in: SignIn, plan: dict[str, str], words: str):
    with clock.at(START):
        answer = sign_in(cast.ben).post("/shifts/at/CP1/plan/", {**PLAN, **plan})

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Event.objects.exists()


def test_dep_12_nobody_is_due_over_the_hours_of_a_day_by_two_plans(field_records: Field, cast: Cast, sign_in: SignIn):
    shift(field_records, "W1", "2022-03-19T00:00", "2022-03-19T08:00")
    place = {"chosen_place": "S1", "ref_place": "S1"}
    form = {"post": "order", "worker": "W1", "from_at": "2022-03-19T16:00", "to_at": "2022-03-19T22:00", **place}

    answer = sign_in(cast.ben).post("/record/deployment.shift_planned/", form)

    assert (answer.status_code, "当日工时将超过 12 小时" in answer.content.decode()) == (422, True)
    assert Shift.objects.count() == 1


def test_dep_07_hours_without_anybody_are_named(field_records: Field, cast: Cast, sign_in: SignIn):
    shift(field_records, "W1", "2022-03-19T06:00", "2022-03-19T14:00")
    shift(field_records, "W2", "2022-03-19T18:00", "2022-03-20T02:00")

    with clock.at(START):
        page = sign_in(cast.ben).get(f"/shifts/{TOWN}/?day=2022-03-19").content.decode()

    assert "渡口卡点 无人排班时段：00:00–06:00、14:00–18:00" in page


def test_a_shift_that_is_put_right_or_withdrawn_leaves_one_row_or_none(field_records: Field):
    first = shift(field_records, "W1", "2022-03-19T06:00", "2022-03-19T14:00")
    right = {**first.data, "worker": "W2", "reason": "换人"}
    field_records.record("deployment.shift_planned", member="W3", device="console:ben", place="CP1", corrects=str(first.id), data=right)

    assert list(Shift.objects.values_list("topic", "worker")) == [(str(first.id), "W2")]


def test_what_stands_equals_what_is_rebuilt(field_records: Field):
    planned = shift(field_records, "W1", "2022-03-19T06:00", "2022-03-19T14:00")
    console = {"member": "W3", "device": "console:ben"}
    steps = [
        ("workforce.cannot", {"what": "shift", "code": str(planned.id), "worker": "W1"}),
        ("workforce.passed_on", {"what": "shift", "code": str(planned.id), "from": "W1", "to": "W2"}),
        ("workforce.passed_on", {"what": "grid", "code": GRID, "from": "W1", "to": "W2", "open": 1}),
        ("workforce.cannot", {"what": "grid", "code": GRID, "worker": "W2"}),
    ]
    for kind, data in steps:
        field_records.later(minutes=1).record(kind, **console, data=data)
    columns = {Shift: ("topic", "worker", "cannot_at"), GridHold: ("topic", "member", "holds", "cannot_at")}
    live = {model: sorted(model.objects.values_list(*names)) for model, names in columns.items()}

    Shifts.rebuild()
    GridHolds.rebuild()

    assert live == {model: sorted(model.objects.values_list(*names)) for model, names in columns.items()}
    assert live[Shift] == [(str(planned.id), "W2", None)]
    assert [row[:3] for row in live[GridHold]] == [(GRID, "W1", False), (GRID, "W2", True)]


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
def test_who_sees_the_roster_of_the_town(town: None, cast: Cast, sign_in: SignIn, who: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/shifts/{TOWN}/").status_code == status


def test_where_nothing_is_planned_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    with clock.at(START):
        assert "请先打开场所排班" in sign_in(cast.ben).get(f"/shifts/{TOWN}/").content.decode()


def test_hours_without_anybody_are_held_against_the_need_where_one_is_set(field_records: Field, cast: Cast, sign_in: SignIn):
    shift(field_records, "W1", "2022-03-19T08:00", "2022-03-19T14:00")
    need = {"post": "checkpoint", "number": 1, "from_hour": 8, "to_hour": 18}
    field_records.record("deployment.need_set", member="W3", device="console:ben", place="CP1", data=need)
    client = sign_in(cast.ben)
    page = client.get(f"/shifts/{TOWN}/?day=2022-03-19").content.decode()
    shift(field_records, "W2", "2022-03-19T14:00", "2022-03-19T18:00")
    full = client.get(f"/shifts/{TOWN}/?day=2022-03-19").content.decode()

    assert "渡口卡点 无人排班时段：14:00–18:00" in page
    assert "无人排班时段" not in full
