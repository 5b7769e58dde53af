"""Groups are made, changed and filled: by a pasted list, by a mark, by a category; what cannot be says what to do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.campaigns.models import Group, Owing
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.measures.membership.setting import fold_lines
from closeknit.registry.models import Person
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account, id_no

NOW = START + timedelta(hours=3)
SignIn = Callable[..., Any]


def new(client: Any, area: str = TOWN, **rest: Any) -> Any:
    form = {"event": str(uuid7()), "group": "KP-7", "label": "第一医院职工", "category": "hospital_staff", "area": area, **rest}
    with clock.at(NOW):
        return client.post(f"/routine/{TOWN}/new/", form)


def add(client: Any, **form: Any) -> Any:
    with clock.at(NOW + timedelta(minutes=1)):
        return client.post("/key-population/KP-7/add/", {"event": str(uuid7()), "area": TOWN, **form})


def members() -> list[str]:
    return sorted(Owing.objects.filter(draw=None, group="KP-7").values_list("person", flat=True))


@pytest.fixture
def ben(cast: Cast, sign_in: SignIn) -> Any:
    client = sign_in(cast.ben)
    assert new(client).status_code == 302
    return client


def test_rtn_01_a_group_is_made_with_the_cadence_of_its_category_or_its_own(ben: Any):
    with clock.at(NOW):
        assert "每日一检" in ben.get("/key-population/KP-7/").content.decode()
        ben.post("/key-population/KP-7/change/", {"event": str(uuid7()), "label": "第一医院", "category": "hospital_staff",
                                                  "cadence_days": "2", "area": TOWN})  # fmt: skip
        page = ben.get("/key-population/KP-7/").content.decode()

    assert [(row.topic, row.label, row.cadence_days, row.area) for row in Group.objects.all()] == [("KP-7", "第一医院", 2, TOWN)]
    assert page.count("重点人群组设定") == 2 and "每 2 天一检" in page


def test_the_same_form_twice_makes_one_record(ben: Any):
    event = str(uuid7())
    new(ben, event=event, group="KP-8")
    new(ben, event=event, group="KP-8")

    assert Event.objects.filter(topic="KP-8").count() == 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"group": ""}, "请填写“编号”"),
        ({"group": "a/b"}, "不含斜线"),
        ({"category": "unheard"}, "没有这一选项"),
        ({"cadence_days": "0"}, "不得小于 1"),
        ({"percent": "120"}, "不得大于 100"),
        ({"from_day": "2022-03-18", "until_day": "2022-03-01"}, "结束日期早于起始日期"),
    ],
)
def test_a_group_that_cannot_be_is_refused_with_what_to_do(cast: Cast, sign_in: SignIn, form: dict[str, str], says: str):
    answer = new(sign_in(cast.ben), **form)

    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert Group.objects.count() == 0


def test_nobody_takes_over_the_group_of_another_area(ben: Any, sign_in: SignIn):
    answer = new(sign_in(account("fay", "town_clerk", EAST)), area=EAST)

    assert answer.status_code == 404  # the page of the town is not theirs
    with clock.at(NOW):
        form = {"event": str(uuid7()), "group": "KP-7", "label": "x", "category": "services", "area": EAST}
        taken = sign_in(account("gus", "town_clerk", EAST)).post(f"/routine/{EAST}/new/", form)
    assert (taken.status_code, "该编号已被其他辖区使用" in taken.content.decode()) == (422, True)


def test_rtn_01_people_are_added_by_codes_and_id_numbers_in_any_width(ben: Any):
    answer = add(ben, people=f"P1\nＰ１\n{id_no('19420214', 3)}，P5;P5")

    assert answer.status_code == 422  # Ｐ１ in wide letters is nobody's code
    assert add(ben, people=f"P1\n{id_no('19420214', 3)}，P5;P5").status_code == 302
    assert members() == ["P1", "P3", "P5"]


def test_a_line_that_nobody_answers_to_is_named_and_nobody_is_added(ben: Any):
    answer = add(ben, people="P1\n不存在\nP7")
    page = answer.content.decode()

    assert (answer.status_code, "有 2 行在您的辖区内查无此人：不存在、P7" in page, "P1\n不存在\nP7" in page) == (422, True, True)
    assert members() == []


def test_rtn_03_people_are_added_by_a_mark_or_a_category_of_an_area(ben: Any):
    Person.objects.filter(code__in=["P1", "P5"]).update(tags=["冷链从业人员"], category="non_local")

    add(ben, tag="冷链从业人员", area=WEST)
    assert members() == ["P1"]
    add(ben, category="non_local", area=TOWN)
    assert members() == ["P1", "P5"]
    assert "该区域内没有符合的人员" in add(ben, tag="冷链从业人员", area="990101101201-G01").content.decode()


def test_who_belongs_already_is_not_added_again_and_who_left_may_come_back(ben: Any, field_records: Field):
    add(ben, people="P1 \nP3")
    add(ben, people="P1")
    assert Event.objects.filter(kind="routine.member_added").count() == 2

    field_records.now = NOW + timedelta(minutes=2)
    field_records.record("routine.member_left", person="P1", data={"group": "KP-7", "why": "调离"})
    assert members() == ["P3"]
    with clock.at(NOW + timedelta(minutes=5)):
        ben.post("/key-population/KP-7/add/", {"event": str(uuid7()), "people": "P1", "school_class": "急诊"})
    assert members() == ["P1", "P3"]


def test_an_empty_form_says_what_to_give(ben: Any):
    assert "请粘贴编号或证件号" in add(ben).content.decode()


def test_a_pasted_list_is_read_line_by_line_and_between_commas():
    assert fold_lines("P1, P2；P3\n\n９９０Ｘ\t甲") == ["P1", "P2", "P3", "990X", "甲"]


def test_the_generic_form_refuses_a_group_that_is_not_there_and_a_category_that_the_pack_lacks(ben: Any):
    with clock.at(NOW):
        left = ben.post("/record/routine.member_left/", {"group": "none", "ref_person": "P1", "chosen_person": "P1"})
        odd = ben.post("/record/routine.group_set/", {"group": "N", "label": "x", "category": "nix"})

    assert ("没有该编号的人群组" in left.content.decode(), "政策包中没有该类别" in odd.content.decode()) == (True, True)
