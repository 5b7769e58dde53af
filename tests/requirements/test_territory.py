"""Table B: territory, grid and roster."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.register import by_heart
from closeknit.registry.actions import amend_household
from closeknit.registry.models import Member, Person
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field, account, campaign

NOW = START + timedelta(hours=6)
SignIn = Callable[..., Any]


def page(client: Any, address: str, at: Any = NOW) -> str:
    with clock.at(at):
        answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def csv_rows(client: Any, address: str, at: Any = NOW) -> list[list[str]]:
    with clock.at(at):
        text = client.get(address).content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def tiles_of(text: str) -> dict[str, str]:
    """The numbers of a page's tiles by their labels."""
    found = re.findall(r'tile-label">([^<]*)</span>\s*<span class="tile-number">([^<]*)<', text)
    return dict(found)


@pytest.fixture
def ben(cast: Cast, sign_in: SignIn) -> Any:
    return sign_in(cast.ben)


def test_grd_01_a_grid_shows_its_code_households_buildings_and_who_answers_for_it(field_records: Field, ben: Any):
    Member.objects.filter(code="W1").update(area=GRID)
    one, whole = page(ben, f"/area/{GRID}/"), page(ben, f"/area/{WEST}/")

    assert (GRID in one, "村干部甲" in one, "楼栋数" in one) == (True, True, True)
    assert "村干部甲" in whole and "西坪村第1网格" in whole


def test_grd_01_the_buildings_of_a_grid_follow_from_the_addresses_of_its_households(field_records: Field):
    assert by_heart.buildings(GRID) == 0
    amend_household("H3", {"address": "3号楼1单元101"}, by="ben", reason="补登")
    assert by_heart.buildings(GRID) == 1


def test_grd_02_registered_non_local_and_passing_people_are_told_apart(field_records: Field, ben: Any):
    for code, category in (("P1", "resident"), ("P3", "non_local"), ("P4", "passing"), ("P5", "resident")):
        Person.objects.filter(code=code).update(category=category)

    assert by_heart.by_category(TOWN) == {"": 2, "resident": 2, "non_local": 1, "passing": 1}
    listed = {each: csv_rows(ben, f"/area/{TOWN}/persons/?category={each}&as=csv") for each in ("resident", "non_local", "passing")}
    assert {each: sorted(row[1] for row in rows) for each, rows in listed.items()} == {
        "resident": ["P1", "P5"], "non_local": ["P3"], "passing": ["P4"],
    }  # fmt: skip


@pytest.fixture
def on_lists(field_records: Field) -> Field:
    """A returnee from a risk area, somebody under control, a key person and somebody who lives alone."""
    data = {"name": "卢兰利", "origin": "某地", "arrived_at": "2022-03-17", "risk_stay": "high"}
    field_records.record("returnees.declared", person="P1", data=data)
    evidence = str(Event.objects.get().id)
    order = {"measure": "home", "rule": "secondary", "evidence": [evidence], "until": "2022-03-25", "told": "paper"}
    field_records.record("isolation.ordered", person="P3", data=order)
    field_records.record("routine.group_set", area=TOWN, data={"group": "KP-1", "label": "集市摊主", "category": "services"})
    field_records.record("routine.member_added", area=TOWN, person="P5", data={"group": "KP-1"})
    Person.objects.filter(code="P4").update(tags=["living_alone"])
    return field_records


def test_grd_03_people_stand_on_lists_by_category_with_reason_and_dates(on_lists: Field, ben: Any):
    rows = csv_rows(ben, f"/area/{TOWN}/categories/?as=csv")

    assert sorted((row[6], row[1], row[2], row[4]) for row in rows) == [
        ("P1", "返乡人员", "来自某地", ""), ("P1", "风险地区旅居", "高风险", ""),
        ("P3", "在管控", "居家隔离，依据 secondary", "2022-03-25"), ("P4", "底册标签人员", "独居", ""), ("P5", "重点人群", "集市摊主", ""),
    ]  # fmt: skip
    assert all(row[3] for row in rows)
    assert sorted(Reading.objects.latest("at").codes) == ["P1", "P3", "P4", "P5"]


def test_grd_03_a_village_sees_its_own_people_on_the_lists(on_lists: Field, cast: Cast, sign_in: SignIn):
    rows = csv_rows(sign_in(cast.ana), f"/area/{WEST}/categories/?as=csv&category=key")

    assert rows == []
    assert {row[6] for row in csv_rows(sign_in(account("eve", "village_secretary", EAST)), f"/area/{EAST}/categories/?as=csv")} == {"P5"}


def test_grd_05_coverage_and_gap_by_household_at_every_level(field_records: Field, ben: Any):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", data={"outcome": "absent"})
    sweep = Campaign.objects.get(code="sweep")
    by_area = {area: coverage(sweep, area, until=NOW) for area in (TOWN, WEST, GRID, EAST)}

    assert {area: (len(each.due), each.reached, each.gap) for area, each in by_area.items()} == {
        TOWN: (5, {"H1"}, {"H2", "H3", "H4", "H5"}), WEST: (3, {"H1"}, {"H2", "H3"}), GRID: (1, set(), {"H3"}),
        EAST: (2, set(), {"H4", "H5"}),
    }  # fmt: skip
    shown = page(ben, f"/doorknock/{WEST}/gaps/")
    assert ('id="d-H2"' in shown, 'id="d-H3"' in shown, 'id="d-H1"' in shown) == (True, True, False)


def test_grd_05_coverage_and_gap_by_person_and_round(field_records: Field, ben: Any):
    for code in ("round-1", "round-2"):
        plan(campaign(code, "testing.round", "persons"))
    field_records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10, "round": "round-1"})
    field_records.record("testing.sampled", person="P3", data={"tube": "T2", "pool": 10, "round": "round-2"})
    gaps = {code: coverage(Campaign.objects.get(code=code), WEST, until=NOW).gap for code in ("round-1", "round-2")}

    assert gaps == {"round-1": {"P2", "P3", "P4"}, "round-2": {"P1", "P2", "P4"}}
    left = csv_rows(ben, f"/testing/{WEST}/persons/?campaign=round-2&as=csv")
    assert {row[1] for row in left} == {"P1", "P2", "P4"}


def test_grd_06_the_base_numbers_of_a_village_stand_on_one_screen(field_records: Field, ben: Any):
    Person.objects.filter(code__in=["P1", "P3"]).update(category="resident")
    Person.objects.filter(code="P4").update(category="non_local")
    for person, dose in (("P1", 1), ("P1", 2), ("P1", 3), ("P3", 2), ("P5", 3)):
        field_records.record("vaccination.given", person=person, data={"dose": dose})
    field_records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10})
    sample = Event.objects.get(topic="T1")
    order = {"measure": "home", "rule": "secondary", "evidence": [str(sample.id)], "until": "2022-03-25", "told": "paper"}
    field_records.record("isolation.ordered", person="P3", data=order)
    with clock.at(NOW):
        numbers = (by_heart.by_category(WEST), by_heart.vaccinated(WEST), by_heart.vaccinated(WEST, 3), by_heart.tested(WEST, 7))
    shown = page(ben, f"/area/{WEST}/")

    assert numbers == ({"": 1, "resident": 2, "non_local": 1}, 2, 1, 1)
    assert {label: number for label, number in tiles_of(shown).items() if label not in ("户", "场所")} == {
        "人口": "4", "常住": "2", "外来": "1", "类别未登记": "1", "已接种": "2", "已接种加强针": "1", "7 天内已检测": "1", "在管控": "1",
    }  # fmt: skip


def test_grd_07_a_change_of_grid_or_category_keeps_who_made_it_and_why(field_records: Field, ben: Any):
    form = {"name": "卢兰利", "household": "H1", "area": GRID, "category": "non_local", "reason": "入户核对后划入第1网格"}
    with clock.at(NOW):
        answer = ben.post("/person/P1/amend/", form)
    assert answer.status_code == 302
    said = Event.objects.get(kind="registry.amended")

    assert (said.member, said.data["fields"], said.told()["reason"]) == ("W3", ["area", "category"], "入户核对后划入第1网格")
    versions = Person.objects.filter(code="P1").order_by("learned_at").values_list("area", "category", "retired_at")
    assert [(area, category, bool(until)) for area, category, until in versions] == [(WEST, "", True), (GRID, "non_local", False)]
    history = page(ben, "/person/P1/")
    assert "镇干部" in history and "入户核对后划入第1网格" in history


def test_grd_07_a_change_of_address_keeps_both_and_without_a_reason_nothing_is_changed(field_records: Field, ben: Any):
    with clock.at(NOW):
        refused = ben.post("/household/H1/amend/", {"address": "9组9号", "landmark": "", "area": WEST, "reason": ""})
        taken = ben.post("/household/H1/amend/", {"address": "9组9号", "landmark": "", "area": WEST, "reason": "门牌更换"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert [(event.household, event.data["fields"]) for event in Event.objects.filter(kind="registry.amended")] == [("H1", ["address"])]
