"""A meeting with its decisions and tasks; a leader's visit with what follows from it."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.tasks.kinds import task_of
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Account], Any]
NIGHT = START + timedelta(hours=15)  # 23:00 local


@pytest.fixture
def night(field_records: Field) -> Iterator[Field]:
    with clock.at(NIGHT):
        yield field_records


def link(page: str, part: str) -> str:
    return next(html.unescape(url) for url in re.findall(r'href="([^"]+)"', page) if part in url)


def test_dir_01_a_meeting_from_eight_to_half_past_ten_has_its_decisions_and_tasks(night: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    said = {"event": str(uuid4()), "title": "紧急调度会", "began_at": "2022-03-18T20:00", "ended_at": "2022-03-18T22:30", "chair": "W3",
            "attended": ["W1", "W2"]}  # fmt: skip
    assert client.post(f"/meetings/{TOWN}/hold/", said).status_code == 302
    number = Event.objects.get(kind="meetings.held").topic
    client.post(f"/meetings/one/{number}/decide/", {"event": str(uuid4()), "decision": "所有干部周末不休息"})
    new = link(client.get(f"/meetings/one/{number}/").content.decode(), "origin=")
    task = {
        "event": str(uuid4()),
        "matter": "设置咨询服务卡点",
        "where": "庄尚村",
        "owner": "W1",
        "due_at": "2022-03-19T05:00",
        "source": "调度会",
    }
    assert client.post(new, task)["Location"] == f"/meetings/one/{number}/"

    with clock.at(NIGHT + timedelta(minutes=1)):
        page = client.get(f"/meetings/one/{number}/").content.decode()
        listed = client.get(f"/meetings/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1]
        counted = figures(Question(TOWN, START, NIGHT + timedelta(minutes=1)), "meetings.", "tasks.")
    words = ("2022-03-18 20:00", "2022-03-18 22:30", "村干部甲、村干部乙", "所有干部周末不休息", "设置咨询服务卡点", "庄尚村 · 村干部甲")
    assert [word for word in words if word not in page] == []
    assert listed.startswith("紧急调度会,会议,2022-03-18 20:00,镇干部,1,0/1")
    assert (counted["meetings.held"], counted["meetings.decided"], counted["tasks.set"]) == (1, 1, 1)


def test_dir_01_a_meeting_that_ends_before_it_began_and_a_decision_of_none_are_refused(night: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    said = {"event": str(uuid4()), "title": "调度会", "began_at": "2022-03-18T20:00", "ended_at": "2022-03-18T19:00"}
    none = {"event": str(uuid4()), "meeting": str(uuid4()), "decision": "加强值守", "ref_area": TOWN}

    assert client.post(f"/meetings/{TOWN}/hold/", said).status_code == 422
    assert "辖区内无此会议" in client.post("/record/meetings.decided/", none).content.decode()


def test_org_12_a_leaders_visit_keeps_time_place_and_instructions_and_tasks_follow(night: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    said = {"event": str(uuid4()), "leader": "W3", "where": "庄尚村卡点", "came_at": "2022-03-18T22:45", "instruction": "加强卡点后勤保障"}
    assert client.post(f"/meetings/{TOWN}/visit/", said).status_code == 302
    number = Event.objects.get(kind="meetings.visited").topic
    new = link(client.get(f"/meetings/one/{number}/").content.decode(), "origin=")
    form = client.get(new).content.decode()
    assert "加强卡点后勤保障" in form and 'value="庄尚村卡点"' in form
    client.post(new, {"event": str(uuid4()), "matter": "送取暖器", "where": "庄尚村卡点", "owner": "W2", "due_at": "2022-03-19T05:00"})

    made = task_of("R-001")
    assert made and made.event.data["origin"] == number
    with clock.at(NIGHT + timedelta(minutes=1)):
        (row,) = client.get(f"/meetings/{TOWN}/?as=csv&what=meetings.visited&open=1").content.decode("utf-8-sig").splitlines()[1:]
    assert row == "庄尚村卡点,督导,2022-03-18 22:45,镇干部,,0/1,加强卡点后勤保障,河口镇"


@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404)])
def test_who_sees_which_meetings(night: Field, cast: Cast, sign_in: SignIn, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/meetings/{area}/").status_code == status
