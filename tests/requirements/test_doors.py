"""Table KNK: a sweep over grids, what a phone keeps without a network, and a refusal that is final."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.campaigns.models import Campaign, Reach
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.registry.models import Member
from closeknit.reports.figures import Question, figure
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field, campaign

NOW = START + timedelta(hours=9)
SignIn = Callable[..., Any]


def value(name: str, area: str = TOWN) -> Any:
    question = Question(area, START, START + timedelta(days=1))
    return figure(name, question).rows(question).value()


def doors(client: Any, area: str, query: str = "") -> list[str]:
    text = client.get(f"/doorknock/{area}/gaps/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",")[1] for line in text.splitlines()[1:]]


def test_knk_01_a_campaign_over_a_grid_goes_to_a_pair_and_has_a_result_a_household(field_records: Field, cast: Cast, sign_in: SignIn):
    Member.objects.current().filter(code__in=["W1", "W2"]).update(area=GRID)
    Campaign.objects.all().delete()
    plan({**campaign("grid", "doorknock", "households"), "area": GRID})
    plan(campaign("all", "doorknock", "households"))
    for household, outcome in (("H1", "met"), ("H2", "absent"), ("H3", "refused"), ("H4", "moved")):
        field_records.record("doorknock.visited", household=household, data={"outcome": outcome})

    with clock.at(NOW):
        pair = sign_in(cast.ben).get(f"/handover/{TOWN}/").content.decode()
        left = doors(sign_in(cast.ben), TOWN, "campaign=all")

    assert dict(Reach.objects.filter(campaign="grid").values_list("code", "outcome"))["H3"] == "refused"
    assert dict(Reach.objects.filter(campaign="all").values_list("code", "outcome")) == {
        "H1": "met", "H2": "absent", "H3": "refused", "H4": "moved",
    }  # fmt: skip
    assert left == ["H2", "H3", "H5"], "who was absent or refused is called on again; who was met or has moved is not"
    assert ("村干部甲" in pair, "村干部乙" in pair) == (True, True)


def test_knk_03_visits_that_a_phone_kept_without_a_network_count_once_at_their_own_time(field_records: Field):
    kept = [field_records.event("doorknock.visited", household=household, data={"outcome": "met"}) for household in ("H1", "H2")]
    field_records.later(hours=30)

    for _ in range(2):
        answers = field_records.push(*kept)

    assert [answer.status for answer in answers] == ["duplicate", "duplicate"]
    assert (value("doorknock.visits"), value("doorknock.settled"), value("doorknock.gap")) == (2, 2, 3)


@pytest.fixture
def refused(field_records: Field) -> Field:
    """The door of the grid has refused two polite visits; another village's door once."""
    for _ in range(2):
        field_records.later(minutes=30).record("doorknock.visited", household="H3", area=GRID, data={"outcome": "refused"})
    field_records.record("doorknock.visited", household="H4", area=EAST, data={"outcome": "refused"})
    return field_records


def test_knk_04_a_refusal_is_final_after_two_polite_visits_and_above_the_village_only_a_number(refused: Field, cast: Cast, sign_in: SignIn):
    with clock.at(NOW):
        above, county, village = sign_in(cast.ben), cast.chen, cast.ana
        lists = {query: doors(above, TOWN, query) for query in ("", "state=refused", "state=final", "state=due")}
        said = above.get(f"/doorknock/{TOWN}/gaps/").content.decode()
        visits = above.get("/records/doorknock.visited/?as=csv").content.decode()
        board = above.get(f"/board/{TOWN}/").content.decode()
        of_county = sign_in(county).get(f"/doorknock/{TOWN}/gaps/").content.decode()
        own = doors(sign_in(village), WEST, "state=final")

    assert lists == {"": ["H1", "H2", "H4", "H5"], "state=refused": ["H4"], "state=final": [], "state=due": ["H1", "H2", "H4", "H5"]}
    assert ("另有 1 户多次拒绝" in said, "1 户多次拒绝" in board) == (True, True)
    assert [page for page in (said, visits, board, of_county) if "尉迟恭" in page or "H3" in page] == []
    assert own == ["H3"], "the village knows whose door it is"
    assert (value("doorknock.refused"), value("doorknock.gap")) == (2, 5), "a refusal is work done and stays a gap"


def test_knk_04_doors_are_called_on_until_the_list_is_empty_or_each_has_its_last_word(refused: Field, cast: Cast, sign_in: SignIn):
    for household, area in (("H1", WEST), ("H2", WEST), ("H4", EAST), ("H5", EAST)):
        refused.later(minutes=5).record("doorknock.visited", household=household, area=area, data={"outcome": "met"})

    with clock.at(NOW):
        assert doors(sign_in(cast.ben), TOWN) == []
    assert value("doorknock.gap") == 1
