"""A plan of inspection from the form to the list of who was not inspected."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.measures.checkplans.kinds import plan_called, plans_of
from closeknit.measures.supervision.models import Problem
from closeknit.registry.models import Member, Place
from closeknit.reports.figures import Question, figure
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=6)
ITEMS = ["值班值守纪律", "防控工作纪律", "疫苗接种底数", "宣传到户", "外来人员底册"]


@pytest.fixture
def at_noon(field_records: Field):
    """A town with one service point and one work group."""
    Place.objects.create(id=uuid7(), code="F1", category="service_point", name="人民路服务点", area=WEST, learned_at=START)
    Member.objects.current().filter(code="W3").update(team="流调专班")
    with clock.at(NOW):
        yield field_records


def planned(client: Any, **said: Any) -> str:
    """A plan over both villages, the service point and the work group; its number."""
    data = {"event": str(uuid4()), "title": "第一轮督查", "due_on": "2022-03-19", "checklist": "\n".join(ITEMS), "villages": [WEST, EAST],
            "points": ["F1"], "groups": ["流调专班"], "more": "消毒专班", **said}  # fmt: skip
    answer = client.post(f"/check-plans/{TOWN}/new/", data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[2])


def check(client: Any, plan: str, unit: str, bad: dict[int, str], **more: str) -> Any:
    """What the console answers to an inspection; `bad`: what was seen at the items that were not well."""
    answers = {f"item_{number}": "not_met" if number in bad else "met" for number in range(len(ITEMS))}
    seen = {f"seen_{number}": words for number, words in bad.items()}
    return client.post(f"/check-plan/{plan}/check/{unit}/", {"event": str(uuid4()), "due_on": "", **answers, **seen, **more})


def left(client: Any, plan: str) -> list[str]:
    text = client.get(f"/check-plan/{plan}/?as=csv&state=left").content.decode("utf-8-sig")
    return sorted(line.split(",")[0] for line in text.splitlines()[1:])


def test_ins_01_the_form_offers_villages_points_groups_and_the_checklist_of_the_pack(at_noon: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/check-plans/{TOWN}/new/").content.decode()

    assert [word for word in ("西坪村", "东岭村", "人民路服务点", "流调专班", *ITEMS) if word not in page] == []


def test_ins_01_who_of_the_plan_was_not_inspected_is_a_list_by_name(at_noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    plan = planned(client)
    assert (plan, left(client, plan)) == ("DC-001", sorted(["西坪村", "东岭村", "人民路服务点", "流调专班", "消毒专班"]))

    check(client, plan, WEST, {})
    check(client, plan, "F1", {})
    check(client, plan, "流调专班", {})

    assert left(client, plan) == ["东岭村", "消毒专班"]
    with clock.at(START + timedelta(days=2)):
        assert "2 个单位到期未督查" in client.get(f"/board/{TOWN}/").content.decode()
        assert "东岭村、消毒专班" in client.get(f"/check-plans/{TOWN}/").content.decode()
    (found,) = plans_of(TOWN, NOW + timedelta(days=2))
    assert (found.state(NOW), found.state(NOW + timedelta(days=2))) == ("open", "late")


def test_ins_02_what_was_not_well_goes_onto_the_problem_list_once_with_its_unit_and_date(at_noon: Field, cast: Cast, sign_in: SignIn):
    client, form = sign_in(cast.ben), str(uuid4())
    plan = planned(client)
    for _ in range(2):
        assert check(client, plan, WEST, {0: "夜间无人值守", 4: ""}, event=form, due_on="2022-03-20").status_code == 302

    rows = Problem.objects.order_by("topic").values_list("topic", "unit", "title", "due_at", "area")
    assert list(rows) == [
        ("DC-001-01", WEST, "值班值守纪律", "2022-03-20", WEST),
        ("DC-001-02", WEST, "外来人员底册", "2022-03-20", WEST),
    ]
    event = Event.objects.get(topic="DC-001-01")
    assert ("note" in event.data, event.told()["note"]) == (False, "夜间无人值守")
    assert Event.objects.filter(kind="checkplans.inspected").count() == 1


def test_an_inspection_is_undone_at_once_with_the_problems_that_it_found(at_noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    plan = planned(client)
    check(client, plan, WEST, {0: "夜间无人值守", 4: ""})
    page = html.unescape(client.get(f"/check-plan/{plan}/").content.decode())

    client.post(re.search(r'action="(/record/undo/[^"]+more=[^"]+)"', page)[1])

    assert not Problem.objects.exists()
    assert len(left(client, plan)) == 5
    assert client.post(f"/record/undo/{uuid4()}/?more=x").status_code == 404


def test_the_latest_inspection_of_a_unit_holds_and_an_answer_that_is_missing_is_asked_for(at_noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    plan = planned(client)
    check(client, plan, WEST, {0: ""})
    refused = client.post(f"/check-plan/{plan}/check/{EAST}/", {"event": str(uuid4()), "item_0": "met"})
    with clock.at(NOW + timedelta(hours=1)):
        check(client, plan, WEST, {})

    found = plan_called(plan)
    assert (refused.status_code, "请选择“防控工作纪律”。" in refused.content.decode()) == (422, True)
    assert {unit.code: unit.check.data.get("not_met", []) for unit in found.units if unit.check} == {WEST: []}


def test_a_plan_that_is_changed_keeps_who_was_inspected_and_one_that_is_ended_keeps_who_was_not(
    at_noon: Field, cast: Cast, sign_in: SignIn
):
    client = sign_in(cast.ben)
    plan = planned(client)
    check(client, plan, WEST, {})
    said = {"title": "改", "due_on": "2022-03-25", "checklist": "值班值守纪律", "villages": [EAST], "more": ""}
    with clock.at(NOW + timedelta(minutes=5)):
        client.post(f"/check-plan/{plan}/change/", {"event": str(uuid4()), **said})
    with clock.at(NOW + timedelta(minutes=9)):
        client.post(f"/check-plan/{plan}/end/", {"event": str(uuid4()), "reason": "并入下一轮"})

    with clock.at(NOW + timedelta(hours=1)):
        page, refused = client.get(f"/check-plan/{plan}/").content.decode(), check(client, plan, EAST, {})
    found = plan_called(plan)
    assert {unit.code: unit.check is not None for unit in found.units} == {EAST: False, WEST: True}
    assert ("已提前结束：并入下一轮" in page, "东岭村" in page, refused.status_code) == (True, True, 422)


def test_a_form_without_a_unit_or_with_an_item_twice_is_refused_in_words(at_noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    none = {"event": str(uuid4()), "title": "空", "due_on": "2022-03-19", "checklist": "甲"}

    answers = [client.post(f"/check-plans/{TOWN}/new/", said) for said in (none, {**none, "villages": [WEST], "checklist": "甲\n甲"})]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert ["请至少选择一个被检查单位。" in answers[0].content.decode(), "检查项不能重复：甲。" in answers[1].content.decode()] == [
        True,
        True,
    ]
    assert not Event.objects.filter(kind="checkplans.planned").exists()


def test_the_figures_of_plans_and_who_may_see_them(at_noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    plan = planned(client)
    check(client, plan, WEST, {0: "", 1: ""})
    question = Question(TOWN, START, START + timedelta(days=1))
    wanted = {"checkplans.inspected": 1, "checkplans.not_met": 2, "checkplans.left": 4}

    assert {name: figure(name, question).rows(question).value() for name in wanted} == wanted
    for name in wanted:
        assert client.get(f"/figures/{name}/?area={TOWN}").status_code == 200
    # the list of who will be inspected is not for those who are
    paths = (f"/check-plans/{TOWN}/", f"/check-plan/{plan}/", f"/check-plan/{plan}/check/{WEST}/")
    assert [sign_in(cast.dov).get(path).status_code for path in paths] == [404, 404, 404]
    assert [sign_in(cast.ana).get(path).status_code for path in paths] == [404, 404, 404]


def test_a_village_reads_what_was_not_well_there_and_never_who_is_still_to_be_inspected(at_noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    plan = planned(client)
    check(client, plan, EAST, {1: ""})
    with clock.at(NOW + timedelta(minutes=1)):
        before = sign_in(cast.ana).get(f"/check-plans/{WEST}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
    check(sign_in(cast.ben), plan, WEST, {0: "", 4: ""})

    with clock.at(NOW + timedelta(minutes=1)):
        rows = sign_in(cast.ana).get(f"/check-plans/{WEST}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        page = sign_in(cast.ana).get(f"/check-plans/{WEST}/").content.decode()

    assert before == []
    assert ([row.split(",")[2:5] for row in rows], f"/check-plan/{plan}/" in page) == ([["1/1", "", "值班值守纪律、外来人员底册"]], False)
