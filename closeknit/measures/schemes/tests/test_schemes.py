"""Templates that are shipped, edited and versioned as data, and what taking one makes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.schemes.kinds import item_name
from closeknit.measures.schemes.standing import names_of, shipped
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Account], Any]
NOON = START + timedelta(hours=4)
ONE = f"/schemes/{TOWN}/one/一统六专五好/"


@pytest.fixture
def noon(field_records: Field) -> Iterator[Field]:
    with clock.at(NOON):
        yield field_records


@pytest.mark.parametrize(("line", "name"), [("守好门：卡点", "守好门"), ("网格队伍组建", "网格队伍组建"), ("Gates: roads: wharf", "Gates")])
def test_an_items_name_stands_before_its_first_colon(line: str, name: str):
    assert item_name(line) == name


def test_org_03_one_commander_six_task_forces_and_five_goals_are_shipped_as_data(town: None):
    parts = names_of(shipped(policy(TOWN))["一统六专五好"])

    assert parts == {
        "headquarters": ["指挥部"],
        "task_forces": ["卡点咨询服务专班", "重点场所巡查专班", "信息摸排报送专班", "红黄码人员管控专班", "后勤保障专班", "考核督查专班"],
        "goals": ["守好门", "看好人", "管好物", "控好面", "备好战"],
    }


def test_org_04_five_forces_four_supplies_three_duty_teams_and_measures_are_shipped_as_data(town: None):
    parts = names_of(shipped(policy(TOWN))["5+4+3+N"])

    assert parts == {
        "forces": ["中小学教师志愿者", "村第一书记", "驻村工作队", "镇干部", "村干部"],
        "supplies": ["一次性医用口罩", "体温枪", "消毒酒精", "消毒液"],
        "duty_teams": ["派出所民警执勤队", "武装部民兵执勤队", "社区志愿者执勤队"],
        "measures": ["网格队伍组建", "重点场所定期消毒", "查验核酸检测证明", "返乡人员严格排查"],
    }


def test_org_05_taking_a_template_makes_its_task_forces_and_a_status_for_each_item(noon: Field, cast: Cast, sign_in: SignIn):
    client, form = sign_in(cast.ben), {"event": str(uuid4())}
    assert "将组建 7 个指挥部、专班或执勤队伍" in client.get(f"{ONE}take/").content.decode()
    assert [client.post(f"{ONE}take/", form).status_code for _ in range(2)] == [302, 302]  # pressed twice
    later = NOON + timedelta(minutes=1)
    assert figures(Question(TOWN, START, later), "headquarters.", "schemes.")["schemes.items_open"] == 12
    said = {"event": str(uuid4()), "status": "done", "words": "三个卡点已设", "worker": "W1"}
    assert client.post(f"{ONE}say/?part=goals&item=守好门", said).status_code == 302

    with clock.at(later):
        page = client.get(ONE).content.decode()
        bodies = client.get(f"/headquarters/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        listed = client.get(f"/schemes/{TOWN}/?as=csv&taken=1").content.decode("utf-8-sig").splitlines()[1:]
    formed = [line.split(",")[:3] for line in bodies]
    assert formed[0] == ["指挥部", "负责人待定", "指挥部"] and ["重点场所巡查专班", "负责人待定", "专班"] in formed and len(formed) == 7
    assert ("村干部甲 三个卡点已设" in page, page.count("未启动")) == (True, 11)
    assert listed == ["一统六专五好,已套用,1/12,1,河口镇"]
    values = figures(Question(TOWN, START, later), "headquarters.", "schemes.")
    assert (values["schemes.items"], values["schemes.items_open"], values["headquarters.no_leader"]) == (12, 11, 7)


def test_org_05_a_county_edits_names_and_versions_templates_and_towns_below_take_them(noon: Field, cast: Cast, sign_in: SignIn):
    county = account("eve", "county_supervisor", COUNTY)
    client, address = sign_in(county), f"/schemes/{COUNTY}/one/一统六专五好/edit/"
    assert "红黄码人员管控专班" in client.get(address).content.decode()
    edited = {"event": str(uuid4()), "task_forces": "卡点专班：逢车必查\n宣传专班", "goals": "守好门"}
    twice = {**edited, "task_forces": "卡点专班\n卡点专班：甲", "changes": "x"}
    assert [client.post(address, typed).status_code for typed in (edited, twice)] == [422, 422]
    assert client.post(address, {**edited, "event": str(uuid4()), "changes": "并为两个专班"}).status_code == 302
    assert client.post(f"/schemes/{COUNTY}/new/", {"event": str(uuid4()), "scheme": "两专一好", "goals": "守好门"}).status_code == 302

    with clock.at(NOON + timedelta(minutes=1)):
        listed = sign_in(cast.ben).get(f"/schemes/{TOWN}/?as=csv&sort=name").content.decode("utf-8-sig").splitlines()[1:]
        page = sign_in(cast.ben).get(ONE).content.decode()
    assert {line.split(",")[0]: line.split(",")[3] for line in listed} == {"5+4+3+N": "1", "一统六专五好": "2", "两专一好": "1"}
    assert ("宣传专班" in page, "红黄码" in page, "并为两个专班" in page, "试验县" in page) == (True, False, True, True)


def test_what_nobody_has_taken_has_no_status(noon: Field, cast: Cast, sign_in: SignIn):
    said = {"event": str(uuid4()), "scheme": "5+4+3+N", "part": "goals", "item": "守好门", "status": "done", "ref_area": TOWN}
    page = sign_in(cast.ben).post("/record/schemes.said/", said)

    assert (page.status_code, "本地区套用的模板无此事项" in page.content.decode()) == (422, True)
    assert not Event.objects.filter(kind="schemes.said").exists()


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/schemes/{WEST}/", 200), ("ana", f"/schemes/{EAST}/", 404), ("ana", f"/schemes/{WEST}/new/", 403), ("dov", ONE, 404)],
)
def test_who_sees_which_templates(noon: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
