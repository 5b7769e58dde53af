"""Checks of food, medicine and special equipment: who was not checked is a list of names."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.measures.command.kinds import Look
from closeknit.measures.sectors.watch import left
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, WEST, Cast, Field, campaign

SignIn = Callable[..., Any]
NAMES = ("due", "checked", "gap", "with_problems")


def the_figures(area: str) -> tuple[Any, ...]:
    reckoned = figures(Question(area, START, START + timedelta(hours=4)), "sectors.")
    return tuple(reckoned[f"sectors.{name}"] for name in NAMES)


@pytest.fixture
def rounds(field_records: Field) -> Field:
    """A round of food at shops, one of special equipment at cold stores; one shop checked for food, and for something else."""
    plan(campaign("food-1", "sectors.food", {"category": ["shop"]}, name="节前食品检查"))
    plan(campaign("lift-1", "sectors.special_equipment", {"category": ["cold_store"]}))
    field_records.record("sectors.checked", place="S1", data={"sector": "food", "problems": ["过期食品"]})
    field_records.record("sectors.checked", place="S2", data={"sector": "medicine"})
    return field_records


def test_cld_04_a_round_counts_only_checks_of_its_own_sector(rounds: Field):
    assert the_figures(TOWN) == (3, 1, 2, 1)
    rounds.later(minutes=5).record("sectors.checked", place="CS1", data={"sector": "special_equipment"})
    assert (the_figures(TOWN), the_figures(WEST)) == ((3, 2, 1, 1), (2, 2, 0, 1))


def test_cld_04_who_was_not_checked_is_a_list_of_names(rounds: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    def names(query: str, sector: str = "food/") -> list[str]:
        text = client.get(f"/sectors/{TOWN}/{sector}?as=csv&{query}").content.decode("utf-8-sig")
        return [line.split(",")[0] for line in text.splitlines()[1:]]

    with clock.at(START + timedelta(hours=4)):
        lists = [names(query) for query in ("", "state=checked", "state=problems", "state=due")]
        menu, lifts = names("", sector=""), names("", "special_equipment/")
        none = client.get(f"/sectors/{TOWN}/medicine/").content.decode()
        strange = client.get(f"/sectors/{TOWN}/cooking/").status_code

    assert lists == [["东岭商店"], ["河街商店"], ["河街商店"], ["东岭商店", "河街商店"]]
    assert (menu, lifts) == (["东岭商店"], ["一号冷库"])
    assert ("本辖区尚无该领域检查行动" in none, strange) == (True, 404)


def test_cld_04_what_a_round_left_is_a_line_on_the_board_when_it_ends(rounds: Field, cast: Cast):
    def cases(hours: float) -> list[tuple[str, int, str]]:
        now = START + timedelta(hours=hours)
        look = Look(cast.ben, Area.objects.current().get(code=TOWN), now, None, policy(TOWN))
        return [(str(case.name), case.number, str(case.note)) for case in left(look).cases]

    assert cases(4) == []
    assert cases(49) == [("西坪村", 1, "lift-1"), ("东岭村", 1, "节前食品检查")]
