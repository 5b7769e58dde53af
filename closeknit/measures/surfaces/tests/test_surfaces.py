"""Which places are swabbed how often, which are overdue, and what came back positive."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.campaigns.cadences.places import plan
from closeknit.kit import clock
from closeknit.measures.surfaces.kinds import PLAN
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[..., Any]
NAMES = ("places", "places_overdue", "environment", "environment_positive")


def states(area: str, **later: float) -> dict[str, str]:
    return {each.place.code: each.state for each in plan(PLAN, area, policy(area), START + timedelta(**later))}


def the_figures(area: str, **later: float) -> tuple[Any, ...]:
    reckoned = figures(Question(area, START, START + timedelta(**later)), "routine.")
    return tuple(reckoned[f"routine.{name}"] for name in NAMES)


@pytest.fixture
def swabs(field_records: Field) -> Field:
    """The cold store (every seven days by the pack) swabbed once; the western shop put into the plan by itself."""
    field_records.record("testing.environment_sampled", place="CS1", data={"tube": "E1", "object": "冰柜内壁"})
    field_records.record("routine.place_set", place="S1", data={"cadence_days": 3, "objects": "案板"})
    return field_records


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "later"), (6, "later"), (7, "due"), (8, "overdue")],
)
def test_rtn_04_a_place_is_due_so_many_days_after_its_last_sample(swabs: Field, days: int, expected: str):
    assert states(TOWN, days=days, hours=4) == {"CS1": expected, "S1": "never"}


def test_rtn_04_a_place_may_be_taken_out_of_the_plan_and_put_in(swabs: Field):
    swabs.record("routine.place_set", place="CS1", data={"cadence_days": 0})
    swabs.record("routine.place_set", place="S2", area=EAST, data={"cadence_days": 30})

    assert states(TOWN, hours=4) == {"S1": "never", "S2": "never"}
    assert states(EAST, hours=4) == {"S2": "never"}


def test_rtn_04_the_figures_count_places_samples_and_positive_tubes(swabs: Field):
    swabs.later(hours=1).record("testing.environment_sampled", place="S2", area=EAST, data={"tube": "E2", "object": "门把手"})
    swabs.record("testing.resulted", data={"tube": "E2", "result": "positive", "lab": "L", "tested_at": "2022-03-18"})
    swabs.record("testing.resulted", data={"tube": "E1", "result": "negative", "lab": "L", "tested_at": "2022-03-18"})

    assert the_figures(TOWN, hours=4) == (2, 1, 2, 1)
    assert the_figures(WEST, days=9) == (2, 2, 1, 0)


def test_rtn_04_the_list_shows_what_is_overdue_and_what_came_back_positive(swabs: Field, cast: Cast, sign_in: SignIn):
    swabs.record("testing.resulted", data={"tube": "E1", "result": "positive", "lab": "L", "tested_at": "2022-03-18"})
    swabs.later(days=2).record("testing.environment_sampled", place="CS1", data={"tube": "E3", "object": "冰柜内壁"})

    def rows(query: str, **later: float) -> list[list[str]]:
        client = sign_in(cast.ben)
        with clock.at(START + timedelta(**later)):
            text = client.get(f"/routine/{TOWN}/places/?{query}&as=csv").content.decode("utf-8-sig")
        return [line.split(",")[:4] for line in text.splitlines()[1:]]

    assert rows("", days=3) == [["一号冷库", "按期", "阳性", "E1"], ["河街商店", "从未采样", "", ""]]
    assert rows("state=late", days=3) == [["河街商店", "从未采样", "", ""]]
    assert rows("state=positive", days=3) == [["一号冷库", "按期", "阳性", "E1"]]
    assert rows("state=positive", days=30) == []


def test_the_buttons_lead_to_the_forms_filled_in(swabs: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(days=1)):
        page = sign_in(cast.ben).get(f"/routine/{TOWN}/places/").content.decode()

    assert "/record/testing.environment_sampled/?place=S1" in page and "object=%E6%A1%88%E6%9D%BF" in page
    assert f"/record/routine.place_set/?area={TOWN}" in page


def test_where_no_place_is_swabbed_the_page_says_what_to_do(cast: Cast, sign_in: SignIn):
    assert "本辖区暂无需环境采样的场所" in sign_in(cast.ben).get(f"/routine/{EAST}/places/").content.decode()
