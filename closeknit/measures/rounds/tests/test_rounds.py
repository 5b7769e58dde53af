"""A round on the screen: coverage that leads down to the people, who is left, who is sampled at home, who is sampled again alone."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.registry.models import Person
from tests.town import COUNTY, EAST, GRID, START, TOWN, WEST, Cast, Field, campaign

SignIn = Callable[..., Any]
NOW = START + timedelta(hours=3)


@pytest.fixture
def round_one(cast: Cast, field_records: Field) -> Iterator[Field]:
    """Two sampled, a child excused, one who cannot move and one who isolates among those left."""
    with clock.at(START - timedelta(hours=1)):
        plan(campaign("round-1", "testing.round", "persons", excused={"under_age": 4}))
    Person.objects.filter(code="P3").update(tags=["immobile", "三年二班"])
    Person.objects.filter(code="P1").update(tags=["三年二班"])
    field_records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10, "round": "round-1"})
    field_records.record("testing.sampled", person="P4", area=GRID, data={"tube": "T1", "pool": 10, "round": "round-1"})
    said = {"measure": "home", "rule": "close", "evidence": ["x"], "until": "2022-03-25", "told": "paper"}
    field_records.record("isolation.ordered", person="P5", area=EAST, data=said)
    with clock.at(NOW):
        yield field_records


def codes(client: Any, area: str, query: str = "") -> list[str]:
    text = client.get(f"/testing/{area}/persons/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",")[1] for line in text.splitlines()[1:]]


def test_tst_01_coverage_by_round_leads_from_the_town_to_the_village_and_its_people(round_one: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    town, village = (client.get(f"/testing/{area}/").content.decode() for area in (TOWN, WEST))

    assert [f'href="/testing/{to}"' in town for to in (f"{WEST}/", f"{EAST}/persons/", f"{EAST}/persons/?state=left")] == [True] * 3
    assert f'href="/testing/{GRID}/persons/"' in village
    numbers = [part.split("</span>")[0] for part in town.split('class="tile-number">')[1:]]
    assert numbers == ["3", "2", "1", "6"], "left, sampled, excused, due"


def test_the_round_stands_in_the_address(round_one: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START):
        plan(campaign("round-2", "testing.round", "persons"))
    client = sign_in(cast.ben)

    assert codes(client, TOWN, "campaign=round-2&state=sampled") == []
    assert codes(client, TOWN, "campaign=round-1&state=sampled") == ["P1", "P4"]
    assert "campaign=round-2" in client.get(f"/testing/{TOWN}/?campaign=round-1").content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["P3", "P5", "P6"]), ("state=excused", ["P2"]), ("state=sampled", ["P1", "P4"]), ("state=home", ["P3", "P5"]),
        ("state=due&sort=-name", ["P6", "P5", "P3", "P2", "P1", "P4"]), ("q=单田芳", ["P3"]), ("q=nobody", []),
        ("state=due&mark=三年二班", ["P1", "P3"]), ("mark=三年二班", ["P3"]),
    ],
)  # fmt: skip
def test_tst_06_the_list_of_who_was_not_sampled(round_one: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[str]):
    assert sorted(codes(sign_in(cast.ben), TOWN, query)) == sorted(expected)


def test_tst_06_the_list_is_called_printed_and_searched_and_the_reading_is_kept(round_one: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page, paper = (client.get(f"/testing/{TOWN}/persons/{query}").content.decode() for query in ("", "?as=print"))

    assert 'href="tel:19900000003"' in page and "···0003" in page
    assert "单田芳" in paper and "19900000003" not in client.get(f"/testing/{TOWN}/persons/?as=csv").content.decode()
    assert Reading.objects.filter(screen="rounds.persons").first().codes == ["P3", "P5", "P6"]


def test_who_may_not_record_sees_no_telephone_to_press(round_one: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.chen).get(f"/testing/{COUNTY}/persons/").content.decode()

    assert "单＊＊" in page and "tel:" not in page and "单田芳" not in page


def test_tst_07_who_cannot_come_is_marked_and_sampled_at_home_from_the_row(round_one: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = client.get(f"/testing/{TOWN}/persons/?state=home").content.decode()
    form = next(part.split('"')[0] for part in page.split('href="')[1:] if "testing.sampled" in part and "person=P3" in part)

    drawn = client.get(form.replace("&amp;", "&")).content.decode()

    assert page.count("需上门") >= 2 and "隔离中" in page
    assert re.search(r'value="home"[^>]*(checked|selected)', drawn) and re.search(r'name="round"[^>]*value="round-1"', drawn)


def test_coverage_by_class_where_the_roster_tells_it(round_one: Field, cast: Cast, sign_in: SignIn):
    rows = sign_in(cast.ben).get(f"/testing/{TOWN}/marks/?as=csv").content.decode("utf-8-sig").splitlines()[1:]

    assert sorted(rows) == ["三年二班,1,1/2,0,2", "行动不便,1,0/1,0,1"]


def test_tst_08_the_people_of_a_positive_pool_are_sampled_alone(round_one: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    said = {"tube": "T1", "result": "positive", "lab": "LAB1", "tested_at": "2022-03-18T09:00:00+08:00"}
    assert "暂无需单采复核人员" in client.get(f"/testing/{TOWN}/singly/").content.decode()
    round_one.later(minutes=30).record("testing.resulted", data=said)
    before = client.get(f"/testing/{TOWN}/singly/").content.decode()

    round_one.later(minutes=30).record("testing.sampled", person="P1", data={"tube": "T9", "pool": 1, "round": "round-1"})

    after = client.get(f"/testing/{TOWN}/singly/").content.decode()
    assert ["卢兰利" in before, "尉迟恭" in before, "卢兰利" in after, "尉迟恭" in after] == [True, True, False, True]
    assert Reading.objects.filter(screen="rounds.singly").first().codes == ["P1", "P4"]


@pytest.mark.parametrize("screen", ["", "persons/", "marks/", "singly/"])
@pytest.mark.parametrize(
    ("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("chen", COUNTY, 200), ("dov", WEST, 404), ("dov", TOWN, 404)]
)
def test_who_sees_the_round_of_which_area(round_one: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/testing/{area}/{screen}").status_code == status


def test_where_there_is_no_round_the_page_says_what_to_do_first(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    assert all("本辖区尚无检测轮次" in client.get(f"/testing/{TOWN}/{screen}").content.decode() for screen in ("", "persons/", "marks/"))


def test_a_page_asks_the_same_number_of_questions_however_many_people_stand_on_it(round_one: Field, cast: Cast, sign_in: SignIn):
    client, asked = sign_in(cast.ben), []
    for state in ("home", "due"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/testing/{TOWN}/persons/?state={state}")
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_areas_with_nobody_due_are_folded_into_one_line(round_one: Field, cast: Cast, sign_in: SignIn):
    Person.objects.filter(area=EAST).update(area=WEST)
    page = sign_in(cast.ben).get(f"/testing/{TOWN}/").content.decode()

    assert "另有 1 个辖区本轮无应检" in page
    assert "本辖区无应办" not in page
