"""Teams of any type with their counts, mixed teams for a grid, a unit split into groups, pairings and reporting at two places."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.measures.teams.rules import split, wrong_groups
from closeknit.registry.models import Member
from closeknit.reports.figures import Question, figures
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_dep_06_forty_three_people_make_twelve_groups_with_a_leader_each():
    people = [(f"W{number:02d}", f"A{number % 5}", "village_secretary" if number % 7 == 0 else "volunteer") for number in range(43)]

    groups = split(people, 12)

    assert sorted(code for group in groups for code in group) == sorted(code for code, _, _ in people)
    assert Counter(map(len, groups)) == {4: 7, 3: 5}
    roles = {code: role for code, _, role in people}
    assert [each for each in groups if "village_secretary" in map(roles.get, each) and roles[each[0]] != "village_secretary"] == []


@pytest.mark.parametrize(("groups", "sizes"), [(1, [2]), (2, [1, 1]), (9, [1, 1]), (0, [2])])
def test_never_more_groups_than_people_nor_none(groups: int, sizes: list[int]):
    assert [len(each) for each in split([("a", "", ""), ("b", "", "")], groups)] == sizes


@pytest.mark.parametrize(
    ("groups", "leaders", "expected"), [({1: ["a"], 2: ["b"]}, "ab", None), ({1: ["a", "b"]}, "ab", 1), ({1: ["a"], 2: ["b"]}, "a", 2)]
)
def test_each_group_has_exactly_one_leader(groups: dict[int, list[str]], leaders: str, expected: int | None):
    assert wrong_groups(groups, leaders) == expected


def a_unit(people: int) -> None:
    """So many members of one bureau, half of them in each village."""
    Member.objects.bulk_create(
        Member(id=uuid7(), code=f"J{number:02d}", name=f"干部{number:02d}", unit="司法局", area=(WEST, EAST)[number % 2], learned_at=START)
        for number in range(people)
    )


def test_dep_06_a_unit_is_split_edited_and_recorded_as_teams(cast: Cast, sign_in: SignIn):
    a_unit(43)
    client, url = sign_in(cast.ben), f"/teams/{TOWN}/groups/?unit=司法局&groups=12"
    page = client.get(url).content.decode()
    suggested = {f"J{number:02d}": page.split(f'name="group-J{number:02d}" value="')[1].split('"')[0] for number in range(43)}
    leaders = [part.split('"')[0] for part in page.split('name="leader" value="')[1:] if "checked" in part.split(">")[0]]
    left_out = next(code for code in suggested if code not in leaders)
    edited = {f"group-{code}": group for code, group in suggested.items()} | {f"group-{left_out}": "0"}
    form = {"event": str(uuid4()), "leader": leaders, **edited}

    refused = client.post(url, {**form, "leader": leaders[1:]})
    before = Event.objects.count()
    client.post(url, form)
    client.post(url, form)

    teams = list(Event.objects.filter(kind="deployment.team_formed"))
    assert (refused.status_code, before, len(teams)) == (422, 0, 12)
    assert all(team.data["leader"] in team.data["members"] for team in teams)
    assert {code for team in teams for code in team.data["members"]} == suggested.keys() - {left_out}


@pytest.fixture
def formed(field_records: Field) -> Field:
    """Two commando teams, a branch that has ended, and a mixed team for a grid."""

    def form(team: str, kind: str, area: str = WEST, **more: Any) -> None:
        data = {"team": team, "type": kind, **more}
        field_records.record("deployment.team_formed", member="W3", device="console:ben", area=area, data=data)

    form("一队", "突击队", leader="W1", members=["W1", "W2"])
    form("二队", "突击队", EAST)
    form("临时支部", "临时党支部")
    field_records.later(minutes=1).record("deployment.team_ended", member="W3", device="console:ben", data={"team": "临时支部"})
    form("网格专班", "责任区", GRID, leader="W3", members=["W1", "W2", "W3"])
    return field_records


def test_org_08_teams_of_free_type_are_formed_and_counted(formed: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = client.get(f"/teams/{TOWN}/").content.decode()
    found = rows(client, f"/teams/{TOWN}/?sort=team")

    assert [row[:5] for row in found] == [
        ["一队", "在岗履职", "突击队", "村干部甲", "2"], ["二队", "在岗履职", "突击队", "", "0"],
        ["网格专班", "在岗履职", "责任区", "镇干部", "3"],
    ]  # fmt: skip
    assert [row[0] for row in rows(client, f"/teams/{TOWN}/?ended=ended")] == ["临时支部"]
    assert len(rows(client, f"/teams/{TOWN}/?type=突击队")) == 2
    assert page.index("突击队") < page.index("责任区")
    assert figures(Question(TOWN, START, formed.now.replace(hour=23)), "deployment.")["deployment.teams"] == 4


def test_org_09_a_mixed_team_is_bound_to_a_grid(formed: Field, cast: Cast, sign_in: SignIn):
    found = rows(sign_in(cast.ben), f"/teams/{TOWN}/?mixed=1&sort=team")

    assert [(row[0], row[5], row[6]) for row in found] == [
        ("一队", "西坪村", "东岭村、西坪村"), ("网格专班", "西坪村第1网格", "东岭村、河口镇、西坪村"),
    ]  # fmt: skip


def test_a_team_of_another_village_with_the_same_name_is_another_team(formed: Field, cast: Cast, sign_in: SignIn):
    data = {"team": "一队", "type": "志愿服务队"}
    formed.record("deployment.team_formed", member="W3", device="console:ben", area=EAST, data=data)

    assert [row[5] for row in rows(sign_in(cast.ben), f"/teams/{TOWN}/?sort=team&q=一队")] == ["西坪村", "东岭村"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"team": "三队", "type": "突击队", "members": "W9"}, "辖区内无此人员编号：W9"),
        ({"team": "三队", "type": "突击队", "since": "2022-03-20", "until": "2022-03-18"}, "结束时间早于开始时间"),
    ],
)
def test_a_team_that_cannot_be_is_refused_in_plain_words(cast: Cast, sign_in: SignIn, said: dict[str, str], words: str):
    answer = sign_in(cast.ben).post("/record/deployment.team_formed/", said)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def paired(records: Field, area: str, **data: str) -> None:
    records.record("deployment.paired", member="W3", device="console:ben", area=area, data=data)


def test_dep_01_a_unit_stands_by_a_community(field_records: Field, cast: Cast, sign_in: SignIn):
    paired(field_records, WEST, way="paired", unit="县司法局", contact="W1")
    paired(field_records, EAST, way="answers", unit="县一中", until="2022-03-17")

    with clock.at(field_records.now):
        client = sign_in(cast.ben)
        standing, over = rows(client, f"/teams/{TOWN}/pairings/"), rows(client, f"/teams/{TOWN}/pairings/?over=over")

    assert [row[:6] for row in standing] == [["县司法局", "有效", "西坪村", "挂钩联系", "县司法局", "村干部甲"]]
    assert [(row[0], row[8]) for row in over] == [("县一中", "2022-03-17")]


def test_dep_10_who_reports_and_serves_at_two_places_is_known_with_the_days(field_records: Field, cast: Cast, sign_in: SignIn):
    paired(field_records, WEST, way="work", worker="W3")
    paired(field_records, EAST, way="home", worker="W3")
    paired(field_records, EAST, way="home", worker="W2")
    for area in (GRID, WEST, EAST):
        field_records.record("workforce.signed_in", member="W3", device="D3", area=area, data={"post": "order"})
        field_records.later(days=1)

    with clock.at(field_records.now):
        found = rows(sign_in(cast.ben), f"/teams/{TOWN}/pairings/?two=1&sort=-days")

    assert [(row[0], row[2], row[6], row[7]) for row in found] == [("镇干部", "西坪村", "2", "2"), ("镇干部", "东岭村", "2", "1")]


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
@pytest.mark.parametrize("screen", ["", "pairings/", "groups/"])
def test_who_sees_teams(town: None, cast: Cast, sign_in: SignIn, who: str, status: int, screen: str):
    assert sign_in(getattr(cast, who)).get(f"/teams/{TOWN}/{screen}").status_code == status


@pytest.mark.parametrize(("screen", "words"), [("", "填写名称、类型和成员即可"), ("pairings/", "请登记挂钩联系单位")])
def test_where_there_is_none_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn, screen: str, words: str):
    assert words in sign_in(cast.ben).get(f"/teams/{TOWN}/{screen}").content.decode()
