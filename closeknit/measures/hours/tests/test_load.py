"""Hours and doors of a day against the pack's limits; of persons nothing but these."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.measures.command.kinds import Look
from closeknit.measures.hours.load import over
from closeknit.measures.hours.rules import Load, state
from closeknit.policy.packs import policy
from tests.town import START, TOWN, Cast, Field

SignIn = Callable[[Any], Any]
MOST = Load(12, 120)


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        (Load(0, 0), "within"), (Load(11.9, 119), "within"), (Load(12, 0), "full"), (Load(0, 120), "full"),
        (Load(12.1, 0), "over"), (Load(0, 121), "over"),
    ],
)  # fmt: skip
def test_dep_12_over_is_more_than_the_pack_allows_of_either(load: Load, expected: str):
    assert state(load, MOST) == expected


@pytest.fixture
def long_day(field_records: Field) -> Field:
    """W1 has stood at the wharf since 0:30, W2 from 9:00 to 11:00 with two doors. It is 14:00 here."""
    field_records.now = START - timedelta(hours=7.5)
    field_records.record("workforce.signed_in", place="CP1", data={"post": "checkpoint"})
    field_records.now = START + timedelta(hours=1)
    field_records.record("workforce.signed_in", member="W2", device="D2", data={"post": "home_visit"})
    for household in ("H1", "H2", "H1"):
        field_records.record("doorknock.visited", member="W2", device="D2", household=household, data={"outcome": "absent"})
    field_records.later(hours=2).record("workforce.signed_out", member="W2", device="D2")
    return field_records.later(hours=3)


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_dep_12_command_sees_who_is_over(long_day: Field, cast: Cast, sign_in: SignIn):
    with clock.at(long_day.now):
        found = rows(sign_in(cast.ben), f"/duty/{TOWN}/load/")

    assert found == [
        ["村干部甲", "超负荷，请替换", "西坪村", "13.5", "0", "13.5", "1"],
        ["村干部乙", "正常", "东岭村", "2.0", "2", "2.0", "1"],
    ]


def test_dep_12_the_board_names_who_is_over(long_day: Field, cast: Cast):
    look = Look(cast.ben, Area.objects.current().get(code=TOWN), long_day.now, None, policy(TOWN))

    assert [(case.name, case.member, str(case.note)) for case in over(look).cases] == [("村干部甲", "W1", "13.5 小时，0 户")]


def test_ins_05_of_persons_only_hours_and_load_are_shown(long_day: Field, cast: Cast, sign_in: SignIn):
    with clock.at(long_day.now):
        heading = sign_in(cast.ben).get(f"/duty/{TOWN}/load/?as=csv").content.decode("utf-8-sig").splitlines()[0]

    assert heading == "姓名,状态,单位,今日工时,今日户数,近7天工时,近7天出勤天数"


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
@pytest.mark.parametrize("screen", ["load", "hours"])
def test_who_sees_load_and_hours(long_day: Field, cast: Cast, sign_in: SignIn, who: str, status: int, screen: str):
    assert sign_in(getattr(cast, who)).get(f"/duty/{TOWN}/{screen}/").status_code == status
