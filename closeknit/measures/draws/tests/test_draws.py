"""Who is drawn is drawn by lot, class by class, and anybody can draw again."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.campaigns.models import Group, Owing
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.measures.draws.drawing import Again, again, chosen
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, Cast, Field, account

NOW = START + timedelta(hours=3)
SignIn = Callable[..., Any]
CLASSES = {"P1": "一年级1班", "P2": "一年级1班", "P3": "一年级2班", "P4": "一年级2班", "P5": "一年级2班", "P6": "二年级1班"}


@pytest.fixture
def school(field_records: Field) -> Field:
    """A school of three classes, a fifth of each drawn every week."""
    data = {"group": "SCH-1", "label": "河口小学学生", "category": "pupils", "share": 0.2}
    field_records.record("routine.group_set", area=TOWN, data=data)
    for person, of in CLASSES.items():
        field_records.record("routine.member_added", area=TOWN, person=person, data={"group": "SCH-1", "school_class": of})
    return field_records


def draw(client: Any, **form: str) -> Event:
    sent = {"event": str(uuid7()), "percent": "20", "until_day": "2022-03-20", **form}
    with clock.at(NOW):
        answer = client.post("/key-population/SCH-1/draw/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return Event.objects.filter(kind="routine.drawn").latest("arrival")


def page_of(client: Any, event: Event, **later: float) -> str:
    with clock.at(NOW + timedelta(**later)):
        return str(client.get(f"/draw/{event.id}/").content.decode())


def test_rtn_02_of_each_class_a_share_is_drawn_and_no_class_is_left_out():
    people = {f"P{number}": f"班{number % 7}" for number in range(350)}
    drawn = chosen(people, "seed", share=0.2, number=None)

    assert Counter(people[each] for each in drawn) == dict.fromkeys(set(people.values()), 10)
    assert len(chosen(people, "seed", share=0.001, number=None)) == 7
    assert len(chosen(people, "seed", share=None, number=12)) == 12
    assert {people[each] for each in chosen(people, "seed", share=1, number=None, school_class="班3")} == {"班3"}


def test_rtn_05_the_same_seed_draws_the_same_in_whatever_order_and_another_seed_others():
    people = {f"P{number}": "" for number in range(200)}
    drawn = chosen(people, "seed", share=0.1, number=None)

    assert chosen(dict(reversed(people.items())), "seed", share=0.1, number=None) == drawn
    assert chosen(people, "other", share=0.1, number=None) != drawn


def test_rtn_02_who_was_drawn_is_due_until_sampled_and_the_draw_shows_how_far_each_class_is(school: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    made = draw(ben)
    drawn = made.data["drawn"]
    assert sorted(CLASSES[each] for each in drawn) == sorted(set(CLASSES.values()))
    assert Owing.objects.filter(draw=made.id).count() == 3

    school.now = NOW + timedelta(hours=1)
    school.record("testing.sampled", person=drawn[0], data={"tube": "T1", "pool": 10})
    on_time = figures(Question(TOWN, START, NOW + timedelta(hours=2)), "routine.", "testing.")
    late = figures(Question(TOWN, START, NOW + timedelta(days=3)), "routine.", "testing.")
    page = page_of(ben, made, days=3)

    assert [(each["routine.members"], each["routine.due"], each["routine.overdue"]) for each in (on_time, late)] == [(6, 2, 0), (6, 2, 2)]
    cells = [re.findall(r">(\d)</td>|(\d/\d)", row) for row in page.split('<th scope="row"')[1:]]
    first = CLASSES[drawn[0]]
    assert cells == [[("0" if of == first else "1", ""), ("", "1/1" if of == first else "0/1")] for of in sorted(set(CLASSES.values()))]
    with clock.at(NOW + timedelta(days=3)):
        rows = ben.get(f"/routine/{TOWN}/persons/?draw={made.id}&as=csv").content.decode("utf-8-sig").splitlines()[1:]
    assert {row.split(",")[1] for row in rows} == set(drawn[1:])


def test_rtn_02_a_whole_school_is_a_draw_of_everybody(school: Field, cast: Cast, sign_in: SignIn):
    made = draw(sign_in(cast.ben), percent="100")

    assert (sorted(made.data["drawn"]), made.data["among"]) == (sorted(CLASSES), 6)
    assert figures(Question(TOWN, START, NOW + timedelta(hours=1)), "routine.")["routine.due"] == 6


def test_rtn_05_anybody_can_draw_again_and_see_that_it_agrees_whatever_came_since(school: Field, cast: Cast, sign_in: SignIn):
    made = draw(sign_in(cast.ben))
    school.now = NOW + timedelta(hours=2)
    school.record("routine.member_left", person=made.data["drawn"][0], data={"group": "SCH-1"})
    school.record("routine.member_added", person="P7", data={"group": "SCH-1", "school_class": "三年级1班"})
    page = page_of(sign_in(account("gil", "epidemiologist", TOWN)), made, hours=4)

    assert again(made) == Again(True, True, True)
    assert "重抽核对：名单与抽中人员一致" in page and made.data["seed"] in page and made.data["of"] in page


@pytest.mark.parametrize(
    ("change", "broken"),
    [({"salt": "chosen"}, "seed"), ({"of": "another list"}, "among"), ({"drawn": ["P1", "P2", "P6"]}, "drawn")],
)
def test_rtn_05_a_draw_that_was_not_by_lot_is_found_out(school: Field, cast: Cast, sign_in: SignIn, change: dict[str, Any], broken: str):
    made = draw(sign_in(cast.ben))
    made.data = {**made.data, **change}

    assert (getattr(again(made), broken), again(made).agrees) == (False, False)


def test_the_same_form_draws_once(school: Field, cast: Cast, sign_in: SignIn):
    event = str(uuid7())
    draw(sign_in(cast.ben), event=event)
    draw(sign_in(cast.ben), event=event)

    assert Event.objects.filter(kind="routine.drawn").count() == 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"percent": "", "number": ""}, "抽检比例与人数请填一项"),
        ({"percent": "20", "number": "3"}, "抽检比例与人数请填一项"),
        ({"until_day": "2022-03-01"}, "采样截止日期早于今天"),
        ({"percent": "0"}, "不得小于 0.1"),
    ],
)
def test_a_draw_that_cannot_be_says_why(school: Field, cast: Cast, sign_in: SignIn, form: dict[str, str], says: str):
    with clock.at(NOW):
        sent = {"event": str(uuid7()), "percent": "20", "until_day": "2022-03-20", **form}
        answer = sign_in(cast.ben).post("/key-population/SCH-1/draw/", sent)

    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert Event.objects.filter(kind="routine.drawn").count() == 0


def test_where_nobody_belongs_nobody_is_drawn(school: Field, cast: Cast, sign_in: SignIn):
    for person in CLASSES:
        school.record("routine.member_left", area=TOWN, person=person, data={"group": "SCH-1"})
    with clock.at(NOW):
        answer = sign_in(cast.ben).post("/key-population/SCH-1/draw/", {"event": str(uuid7()), "percent": "20", "until_day": "2022-03-20"})

    assert "该组或该班级尚无人员" in answer.content.decode()
    assert Group.objects.count() == 1


def test_only_who_keeps_the_group_draws(school: Field, sign_in: SignIn):
    for role, area, status in (("village_secretary", TOWN, 403), ("town_clerk", EAST, 404), ("town_clerk", TOWN, 200)):
        assert sign_in(account(f"{role}-{area}", role, area)).get("/key-population/SCH-1/draw/").status_code == status
