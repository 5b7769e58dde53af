"""Headquarters and task forces of each level; the named people of each village."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Account], Any]
NOON = START + timedelta(hours=4)


@pytest.fixture
def noon(field_records: Field) -> Iterator[Field]:
    with clock.at(NOON):
        yield field_records


def rows(client: Any, address: str) -> list[list[str]]:
    text = client.get(f"{address}{'&' if '?' in address else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_org_02_a_headquarters_of_each_level_has_leader_members_scope_start_and_end(noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    said = {"event": str(uuid4()), "body": "河口镇指挥部", "type": "headquarters", "leader": "W3", "members": ["W3", "W1"],
            "scope": "统筹全镇", "since": "2022-03-18", "until": "2022-03-31"}  # fmt: skip
    assert client.post(f"/headquarters/{TOWN}/form/", said).status_code == 302
    noon.record("headquarters.formed", data={"body": "西坪村工作组", "type": "work_group", "until": "2022-03-17"})
    noon.record("headquarters.formed", area=EAST, data={"body": "东岭村工作组", "type": "work_group"})
    with clock.at(NOON + timedelta(minutes=1)):
        standing, ended = rows(client, f"/headquarters/{TOWN}/"), rows(client, f"/headquarters/{TOWN}/?state=ended")
        board = client.get(f"/board/{TOWN}/").content.decode()

    assert [row[:2] for row in standing] == [["河口镇指挥部", "运行中"], ["东岭村工作组", "负责人待定"]]
    assert standing[0][2:5] == ["指挥部", "镇干部", "2"] and standing[0][7:] == ["统筹全镇", "河口镇", "2022-03-18", "2022-03-31"]
    assert [row[0] for row in ended] == ["西坪村工作组"]
    assert "1 个专班负责人待定" in board and "东岭村工作组" in board
    values = figures(Question(TOWN, START, NOON + timedelta(minutes=1)), "headquarters.")
    assert (values["headquarters.bodies"], values["headquarters.no_leader"]) == (2, 1)


@pytest.mark.parametrize(
    ("field", "typed", "says"), [("body", "a/b", "不含“/”"), ("leader", "W99", "没有这一选项"), ("until", "2022-03-01", "早于")]
)
def test_a_body_that_cannot_be_is_refused(noon: Field, cast: Cast, sign_in: SignIn, field: str, typed: str, says: str):
    said = {"event": str(uuid4()), "body": "专班", "type": "task_force", "since": "2022-03-18", field: typed}
    page = sign_in(cast.ben).post(f"/headquarters/{TOWN}/form/", said)

    assert (page.status_code, says in page.content.decode()) == (422, True)
    assert not Event.objects.filter(kind="headquarters.formed").exists()


def test_org_14_each_village_shows_who_owns_its_lines_of_work_and_where_nobody_does(noon: Field, cast: Cast, sign_in: SignIn):
    for post, worker, area in (("epidemic", "W1", WEST), ("religious", "W1", WEST), ("epidemic", "W2", EAST)):
        noon.record("headquarters.appointed", area=area, data={"post": post, "worker": worker})
    noon.later(minutes=1).record("headquarters.relieved", area=EAST, data={"post": "epidemic", "worker": "W2"})
    found = {row[0]: row[1:4] for row in rows(sign_in(cast.ben), f"/headquarters/{TOWN}/posts/")}

    assert found == {"西坪村": ["有空缺", "村干部甲", "村干部甲"], "东岭村": ["有空缺", "", ""]}
    assert figures(Question(TOWN, START, NOON), "headquarters.")["headquarters.posts_vacant"] == 8


def test_knk_07_a_village_has_its_three_forces_together_when_somebody_of_each_is_named(noon: Field, cast: Cast, sign_in: SignIn):
    for post, worker in (("trunk", "W1"), ("resident", "W2"), ("work_team", "W3"), ("epidemic", "W1"), ("religious", "W1")):
        noon.record("headquarters.appointed", data={"post": post, "worker": worker})
    client = sign_in(cast.ben)
    west = next(row for row in rows(client, f"/headquarters/{TOWN}/posts/") if row[0] == "西坪村")

    assert west[1:7] == ["已配齐", "村干部甲", "村干部甲", "村干部甲", "村干部乙", "镇干部"]
    assert [row[0] for row in rows(client, f"/headquarters/{TOWN}/posts/?vacant=1")] == ["东岭村"]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/headquarters/{WEST}/", 200), ("ana", f"/headquarters/{EAST}/", 404), ("dov", f"/headquarters/{TOWN}/posts/", 404),
     ("chen", f"/headquarters/{TOWN}/form/", 403)],
)  # fmt: skip
def test_who_sees_how_an_area_is_organised(noon: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
