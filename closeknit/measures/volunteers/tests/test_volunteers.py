"""A volunteer call, sign-ups matched by the nearest, walk-ins, and the log of each day served."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.volunteers.rules import apart, state
from closeknit.registry.models import Member
from closeknit.reports.figures import Question, figures
from tests.town import EAST, GRID, START, TOWN, Cast, Field

SignIn = Callable[[Any], Any]


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


@pytest.mark.parametrize(("home", "expected"), [("/c/t/w/", 0), ("/c/t/w/g/", 0), ("/c/t/e/", 1), ("/c/t/", 1), ("/c/x/y/", 2), ("/d/", 3)])
def test_dep_04_how_far_a_home_lies_from_a_site(home: str, expected: int):
    assert apart(home, "/c/t/w/") == expected


@pytest.mark.parametrize(
    ("taken", "closed", "over", "expected"),
    [(0, False, False, "open"), (2, False, False, "full"), (0, True, True, "closed"), (0, False, True, "over")],
)
def test_how_a_call_for_two_stands(taken: int, closed: bool, over: bool, expected: str):
    assert state(2, taken, closed=closed, over=over) == expected


@pytest.fixture
def called(field_records: Field) -> Field:
    """Two are wanted at the wharf tomorrow; three signed up, the nearest last."""
    console = {"member": "W3", "device": "console:ben"}
    data = {"call": "Z-001", "post": "order", "number": 2, "day": "2022-03-19"}
    field_records.record("deployment.called", place="CP1", data=data, **console)
    for name, area in (("远客", EAST), ("镇上人", TOWN), ("近邻", GRID)):
        said = {"call": "Z-001", "name": name, "phone": "19900000042", "category": "student"}
        field_records.later(minutes=1).record("deployment.signed_up", area=area, data=said, **console)
    return field_records


def test_dep_04_sign_ups_are_matched_by_the_nearest_and_taken_on_in_one_press(called: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(called.now):
        page = client.get("/volunteers/call/Z-001/").content.decode()
        press = page.split('action="/volunteers/take/')[1].split('"')[0]
        for _ in range(2):
            client.post(f"/volunteers/take/{press}")
        listed = rows(client, f"/volunteers/{TOWN}/")
    member = Member.objects.current().get(role="volunteer")

    assert page.index("近邻") < page.index("远客") < page.index("镇上人")
    assert [row[:3] + row[4:] for row in listed] == [["Z-001", "招募中", "渡口卡点", "2022-03-19", "2", "3", "1"]]
    assert (member.name, member.area, member.unit, member.phone) == ("近邻", GRID, "学生", "19900000042")
    assert Reading.objects.filter(what="volunteer", account="ben").exists()
    assert "近邻" not in str(list(Event.objects.values_list("data", flat=True)))


def test_dep_04_a_walk_in_is_accepted_and_each_day_served_is_logged(called: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(called.now):
        client.post("/volunteers/call/Z-001/", {"name": "来人", "category": "teacher"})
    code = Member.objects.current().get(role="volunteer").code
    for day, hours in enumerate((0, 2, 24)):
        called.now = START + timedelta(hours=26 + hours)
        called.record("workforce.signed_in", member=code, device=f"D{day}", place="CP1", data={"post": "order"})

    with clock.at(called.now + timedelta(hours=1)):
        found = rows(client, f"/volunteers/{TOWN}/served/")
        told = figures(Question(TOWN, START, clock.now()), "deployment.", "workforce.")

    assert found == [["来人", "2", "教师", "2022-03-20", "03-19、03-20", code]]
    assert (told["deployment.signed_up"], told["deployment.taken_on"], told["workforce.people"]) == (4, 1, 1)


def test_dep_04_a_full_call_takes_nobody_more(called: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(called.now):
        for name in ("甲", "乙"):
            client.post("/volunteers/call/Z-001/", {"name": name, "category": "volunteer"})
        answer = client.post("/volunteers/call/Z-001/", {"name": "丙", "category": "volunteer"})
        listed = rows(client, f"/volunteers/{TOWN}/")

    assert (answer.status_code, "已满员" in answer.content.decode()) == (422, True)
    assert (listed[0][1], Member.objects.current().filter(role="volunteer").count()) == ("已满员", 2)


def test_dep_05_a_post_that_needs_a_skill_takes_no_volunteer_from_the_street(field_records: Field, cast: Cast, sign_in: SignIn):
    data = {"call": "Z-002", "post": "sampling_help", "number": 2, "day": "2022-03-19"}
    field_records.record("deployment.called", place="CP1", member="W3", device="console:ben", data=data)

    with clock.at(field_records.now):
        answer = sign_in(cast.ben).post("/volunteers/call/Z-002/", {"name": "甲", "category": "volunteer"})

    assert (answer.status_code, "此岗位须具备资质" in answer.content.decode()) == (422, True)
    assert not Member.objects.current().filter(role="volunteer").exists()


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("signed_up", {"call": "Z-009", "name": "甲", "category": "volunteer"}, "无此编号的招募"),
        ("signed_up", {"call": "Z-001", "category": "volunteer"}, "请填写姓名或人员编号"),
        ("called", {"call": "Z-001", "post": "order", "number": "1", "day": "2022-03-19", "ref_place": "S1"}, "此编号已有招募"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(called: Field, cast: Cast, sign_in: SignIn, kind: str, said: dict[str, str], words: str):
    answer = sign_in(cast.ben).post(f"/record/deployment.{kind}/", said)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
@pytest.mark.parametrize("screen", ["", "served/"])
def test_who_sees_the_volunteers_of_the_town(town: None, cast: Cast, sign_in: SignIn, who: str, status: int, screen: str):
    assert sign_in(getattr(cast, who)).get(f"/volunteers/{TOWN}/{screen}").status_code == status


def test_another_towns_call_looks_as_if_it_were_not_there(called: Field, cast: Cast, sign_in: SignIn):
    assert sign_in(cast.dov).get("/volunteers/call/Z-001/").status_code == 404
    assert sign_in(cast.ana).get("/volunteers/call/Z-001/").status_code == 200


def test_where_there_is_none_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "请按地点、岗位、日期发布招募" in sign_in(cast.ben).get(f"/volunteers/{TOWN}/").content.decode()
