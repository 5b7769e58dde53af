"""What groups log, how their problems are solved; several agencies in one team; the command post round the clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.liaison.rules import holes
from closeknit.registry.models import Member, Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Account], Any]
NOON = START + timedelta(hours=4)
TEAM = f"/bodies/{TOWN}/巡查专班/"


def hour(number: int) -> datetime:
    return datetime(2022, 3, 18, tzinfo=UTC) + timedelta(hours=number)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [([], [(0, 24)]), ([(0, 24)], []), ([(2, 4), (3, 8)], [(0, 2), (8, 24)]), ([(12, 30), (-5, 6)], [(6, 12)]), ([(30, 40)], [(0, 24)])],
)
def test_the_hours_that_nobody_covers(spans: list[tuple[int, int]], expected: list[tuple[int, int]]):
    found = holes([(hour(start), hour(stop)) for start, stop in spans], hour(0), hour(24))

    assert found == [(hour(start), hour(stop)) for start, stop in expected]


@pytest.fixture
def team(field_records: Field) -> Iterator[Field]:
    """A joint team of two agencies under one leader."""
    Member.objects.filter(code="W2").update(unit="派出所")
    said = {
        "body": "巡查专班",
        "type": "joint_team",
        "leader": "W3",
        "liaison": "W1",
        "members": ["W1", "W2", "W3"],
        "units": ["镇政府", "派出所"],
    }
    field_records.record("headquarters.formed", area=TOWN, data=said)
    with clock.at(NOON):
        yield field_records


def test_org_11_the_liaison_logs_progress_and_problems_stay_open_until_they_are_solved(team: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    said = {"event": str(uuid4()), "progress": "已巡查 86 家", "problem": "缺测温枪 3 把"}
    assert client.post(f"{TEAM}log/", {**said, "progress": ""}).status_code == 422
    assert client.post(f"{TEAM}log/", said).status_code == 302
    page, number = client.get(TEAM).content.decode(), Event.objects.get(kind="liaison.logged").topic
    assert [word for word in ("联络员", "缺测温枪 3 把", "问题待解决") if word not in page] == []
    later = NOON + timedelta(minutes=1)
    assert figures(Question(TOWN, START, later), "liaison.")["liaison.problems_open"] == 1
    assert client.post(f"/liaison/solve/{number}/", {"event": str(uuid4()), "words": "已调拨"}).status_code == 302

    with clock.at(later):
        listed = client.get(f"/liaison/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[:5] for line in listed] == [["巡查专班", "已解决", "已巡查 86 家", "缺测温枪 3 把", "已调拨"]]
    counted = figures(Question(TOWN, START, later), "liaison.")
    assert (counted["liaison.logged"], counted["liaison.problems_open"]) == (1, 0)
    none = {"event": str(uuid4()), "body": "无此专班", "progress": "x", "ref_area": TOWN}
    assert "辖区内无此名称的专班" in client.post("/record/liaison.logged/", none).content.decode()


def test_org_13_a_joint_team_has_one_leader_and_shows_the_records_of_all_its_agencies(team: Field, cast: Cast, sign_in: SignIn):
    team.record("venues.patrolled", place="S1", member="W1", data={"code_posted": True, "scanning": True})
    team.record("supervision.found", member="W2", data={"problem": "P-1", "unit": WEST, "title": "未测温"})
    client = sign_in(cast.ben)
    page = client.get(TEAM).content.decode()
    records = page.split("成员近期登记")[1]

    assert (page.count("<b>负责人</b>"), "派出所" in page) == (1, True)
    assert ("村干部甲 场所巡查" in records, "村干部乙 发现问题" in records) == (True, True)
    listed = client.get(f"/headquarters/{TOWN}/?as=csv&joint=1").content.decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in listed] == ["巡查专班"]


def test_org_10_the_command_post_is_manned_round_the_clock_or_the_board_says_so(team: Field, cast: Cast, sign_in: SignIn):
    Place.objects.create(code="HQ1", category="command_post", name="镇指挥部", area=TOWN, learned_at=START - timedelta(days=1))
    client = sign_in(cast.ben)
    assert "1 个指挥部此刻无人值班" in client.get(f"/board/{TOWN}/").content.decode()
    times = {"from_at": "2022-03-18T08:00+08:00", "to_at": "2022-03-18T20:00+08:00"}
    team.record("deployment.shift_planned", area=TOWN, place="HQ1", data={"post": "order", "worker": "W3", **times})
    said = {"event": str(uuid4()), "to": "W1", "notes": "22:30 接州指挥部电话", "open": "报车辆数"}
    assert client.post("/liaison/post/HQ1/hand-over/", {**said, "notes": ""}).status_code == 422
    assert client.post("/liaison/post/HQ1/hand-over/", said).status_code == 302

    page = client.get(f"/liaison/{TOWN}/duty/").content.decode()
    assert "指挥部此刻无人值班" not in client.get(f"/board/{TOWN}/").content.decode().split("board-why")[0]
    assert "03-18 08:00 – 03-18 20:00 镇干部" in page and "03-18 20:00 – 03-20 00:00" in page
    assert ("无人值班" in page, "22:30 接州指挥部电话" in page, "报车辆数" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/liaison/{WEST}/", 200), ("ana", f"/liaison/{EAST}/", 404), ("dov", TEAM, 404), ("ben", f"/bodies/{TOWN}/none/", 404)],
)
def test_who_sees_which_log(team: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
