"""A campaign is planned, changed and ended on the screen; under the measles pack it reaches households with small children."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.console.manifest import screens
from closeknit.kit import clock
from closeknit.policy.packs import adopt
from closeknit.registry.models import Person
from closeknit.sync.scenarios import load_register
from tests.covid_words import covid_words
from tests.town import COUNTY, EAST, OTHER_COUNTY, START, TOWN, WEST, Cast, account

NOW = START + timedelta(days=5)
SignIn = Callable[..., Any]
PLAN = {
    "kind": "doorknock",
    "name": "春季敲门",
    "area": TOWN,
    "from": "2022-03-23T08:00",
    "to": "2022-03-25T17:00",
    "targets": "households",
}


@pytest.fixture(autouse=True)
def _after_the_first_sweep():
    with clock.at(NOW):
        yield


def made() -> Campaign:
    return Campaign.objects.current().exclude(code="sweep").get()


def test_ben_plans_a_sweep_and_sees_what_it_must_reach(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ben).post("/campaigns/plan/", PLAN, follow=True)

    assert (made().name, made().targets, made().starts_at) == ("春季敲门", "households", datetime(2022, 3, 23, tzinfo=UTC))
    assert "已部署：春季敲门" in answer.content.decode() and "5" in re.findall(r'tile-number">(\d+)', answer.content.decode())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"to": "2022-03-22T08:00"}, "结束时间须晚于开始时间"),
        ({"area": OTHER_COUNTY}, "没有这一选项"),
        ({"targets": "persons"}, "此类行动的对象为住户"),
        ({"kind": "venues.patrol", "targets": "places"}, "请至少选择一类场所"),
        ({"name": ""}, "请填写“名称”"),
        ({"kind": "no.such"}, "没有这一选项"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_what_to_do(cast: Cast, sign_in: SignIn, change: dict[str, str], said: str):
    answer = sign_in(cast.ben).post("/campaigns/plan/", {**PLAN, **change})

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Campaign.objects.current().count() == 1


def test_a_patrol_of_some_categories_is_planned(cast: Cast, sign_in: SignIn):
    sign_in(cast.ben).post("/campaigns/plan/", {**PLAN, "kind": "venues.patrol", "targets": "places", "categories": ["shop", "bank"]})

    assert made().targets == {"category": ["shop", "bank"]}


def test_a_change_keeps_the_old_version_and_an_end_comes_now(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    client.post("/campaigns/plan/", PLAN)
    code = made().code
    client.post(f"/campaigns/{code}/change/", {**PLAN, "name": "春季敲门二轮"})
    with clock.at(NOW + timedelta(hours=2)):
        client.post(f"/campaigns/{code}/end/")

    versions = list(Campaign.objects.filter(code=code).order_by("learned_at", "retired_at"))
    assert [each.name for each in versions] == ["春季敲门", "春季敲门二轮", "春季敲门二轮"]
    assert made().ends_at == NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("who", "plan", "page", "change"), [("ana", 403, 200, 403), ("chen", 403, 200, 403), ("dov", 200, 404, 404), ("ben", 200, 200, 200)]
)
def test_who_may_plan_and_who_may_look(cast: Cast, sign_in: SignIn, who: str, plan: int, page: int, change: int):
    client = sign_in(getattr(cast, who))

    assert [client.get(f"/campaigns/{path}").status_code for path in ("plan/", "sweep/", "sweep/change/")] == [plan, page, change]


def test_ana_sees_the_town_s_sweep_as_far_as_her_village(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ana).get("/campaigns/sweep/").content.decode()

    assert "西坪村第1网格" in page and "东岭村" not in page


def test_a_village_may_not_plan_for_its_town(cast: Cast, sign_in: SignIn):
    village = account("vic", "town_clerk", EAST)

    assert sign_in(village).post("/campaigns/plan/", PLAN).status_code == 422
    assert sign_in(village).get("/campaigns/sweep/change/").status_code == 404


def test_the_measles_pack_offers_households_with_small_children_first(cast: Cast, sign_in: SignIn):
    adopt(COUNTY, "generic-measles")
    page = sign_in(cast.ben).get("/campaigns/plan/").content.decode()

    assert 'value="households_with" checked' in page and "有 6 至 59 月龄儿童的住户" in page and "核酸" not in page
    sign_in(cast.ben).post("/campaigns/plan/", {**PLAN, "targets": "households_with"})
    assert made().targets == {"households_with": {"age_months": {"min": 6, "max": 59}}}


def months(born: date, day: date) -> int:
    """A child's age in whole months, reckoned plainly."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)


@pytest.mark.django_db
def test_on_pushi_the_due_are_the_households_with_children_of_6_to_59_months(scenario: Callable[[str], Path], sign_in: SignIn):
    folder = scenario("pushi")
    load_register(folder, by="test", progress=lambda *_: None)
    town = json.loads((folder / "plan.json").read_text())["area"]
    ben = account("ben", "town_clerk", town)
    with clock.at(datetime(2022, 3, 18, tzinfo=UTC)):
        adopt(town, "generic-measles")
        sign_in(ben).post("/campaigns/plan/", {**PLAN, "area": town, "from": "2022-03-18T08:00", "targets": "households_with"})
        plan = Campaign.objects.current().get(name="春季敲门")
        found = sign_in(ben).post("/record/registry.found/", {"what": "household", "ref_area": f"{town}001"})
    born = Person.objects.current().exclude(birth_date=None).values_list("household", "birth_date")
    plainly = {household for household, birth in born if 6 <= months(birth, date(2022, 3, 18)) <= 59}
    with clock.at(datetime(2022, 3, 18, 9, tzinfo=UTC)):
        total = live.live(plan, Area.objects.get(code=town)).total

    assert found.status_code == 302
    assert (total.due, total.never) == (len(plainly) + 1, len(plainly) + 1)
    assert len(plainly) > 100


OURS = ("doorknock.", "campaigning.", "records.")


def test_no_screen_of_ours_says_a_covid_word_under_the_measles_pack(cast: Cast, sign_in: SignIn):
    adopt(COUNTY, "generic-measles")
    client = sign_in(cast.ben)
    client.post("/campaigns/plan/", {**PLAN, "from": "2022-03-22T08:00", "targets": "households_with"})
    parts = {"area": WEST, "code": made().code, "reference": "place"}
    said = {}
    for screen in (each for each in screens() if each.name.startswith(OURS)):
        for kind in ("doorknock.visited", "doorknock.phoned", "registry.found", "returnees.declared"):
            named = [name for name in ("area", "code", "reference", "kind") if f":{name}>" in screen.path]
            if ":event>" not in screen.path:
                answer = client.get(screen.url(**{name: {**parts, "kind": kind}[name] for name in named}))
                said[screen.name, kind] = covid_words(answer.content.decode())

    assert {name: words for name, words in said.items() if words} == {}
    assert len(said) > 20
