"""A task from its matter, place and named owner to its end; overdue, carried over with a reason, given to somebody else."""

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
NOON = START + timedelta(hours=4)
NEW = f"/tasks/{TOWN}/new/"
WHOLE = {"matter": "夜间增派 2 人值守", "where": "渡口卡点", "owner": "W1", "due_at": "2022-03-18T18:00"}


@pytest.fixture
def noon(field_records: Field) -> Iterator[Field]:
    with clock.at(NOON):
        yield field_records


def task(field: Field, number: str = "R-001", **more: Any) -> None:
    due = {"due_at": (START + timedelta(hours=10)).isoformat()}
    field.record("tasks.set", data={"task": number, **WHOLE, **due, **more})


def step(field: Field, step: str, number: str = "R-001", **more: Any) -> None:
    field.later(minutes=5).record("tasks.stepped", data={"task": number, "step": step, **more})


@pytest.mark.parametrize(("lacks", "says"), [("matter", "请填写“事项”"), ("where", "请填写“地点”"), ("owner", "请选择“责任人”")])
def test_org_07_a_task_without_a_matter_a_place_or_a_named_owner_is_refused(
    noon: Field, cast: Cast, sign_in: SignIn, lacks: str, says: str
):
    page = sign_in(cast.ben).post(NEW, {"event": str(uuid4()), **WHOLE, lacks: " "})
    (answer,) = noon.push(noon.event("tasks.set", data={"task": "R-9", **WHOLE, "due_at": "2022-03-19", lacks: " "}))
    (missing,) = noon.push(noon.event("tasks.set", data={"task": "R-9", **{name: said for name, said in WHOLE.items() if name != lacks}}))

    assert (page.status_code, says in page.content.decode()) == (422, True)
    assert [(one.status, one.field) for one in (answer, missing)] == [("rejected", f"data.{lacks}")] * 2
    assert "任务要" in answer.text.of("zh-hans") and "任务要" in missing.text.of("zh-hans")
    assert not Event.objects.filter(kind="tasks.set").exists()


def test_org_07_an_owner_whom_nobody_knows_is_refused_and_a_whole_task_is_taken(noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    generic = {"event": str(uuid4()), "task": "R-001", **WHOLE, "owner": "大家", "ref_area": TOWN}
    nobody = client.post("/record/tasks.set/", generic)
    assert (nobody.status_code, "辖区内无此人员编号：大家" in nobody.content.decode()) == (422, True)

    assert client.post(NEW, {"event": str(uuid4()), **WHOLE}).status_code == 302
    made = task_of("R-001")
    assert made and (made.event.data["matter"], made.owner, made.area) == ("夜间增派 2 人值守", "W1", TOWN)


def test_the_owner_sees_it_first_and_says_what_becomes_of_it(noon: Field, cast: Cast, sign_in: SignIn):
    task(noon)
    task(noon, "R-002", owner="W2", where="东岭商店")
    ana = sign_in(cast.ana)
    home = ana.get("/").content.decode().split('id="my-tasks"')[1]
    assert ("渡口卡点" in home, "东岭商店" in home) == (True, False)

    done = ana.post("/tasks/one/R-001/done/", {"event": str(uuid4()), "words": "已增派"})
    dropped = ana.post("/tasks/one/R-002/dropped/", {"event": str(uuid4()), "words": "不需要"})
    assert (done.status_code, dropped.status_code) == (302, 302)  # the village's secretary manages the village's tasks
    assert [one.state for one in map(task_of, ("R-001", "R-002")) if one] == ["done", "dropped"]


def test_nobody_but_the_owner_and_who_manages_says_a_step(noon: Field, cast: Cast, sign_in: SignIn):
    noon.record("tasks.set", area=TOWN, data={"task": "R-001", **WHOLE, "owner": "W3", "due_at": "2022-03-19"})
    Account.objects.filter(pk=cast.ana.pk).update(role="grid_worker", area=TOWN)
    ana = Account.objects.get(pk=cast.ana.pk)
    page = sign_in(ana).post("/tasks/one/R-001/done/", {"event": str(uuid4())})
    assert (page.status_code, "镇干部" in page.content.decode()) == (422, True)

    Account.objects.filter(pk=ana.pk).update(member="W3")
    assert sign_in(Account.objects.get(pk=ana.pk)).post("/tasks/one/R-001/done/", {"event": str(uuid4())}).status_code == 302


def test_what_is_overdue_is_on_the_board_until_it_is_carried_over_with_a_reason(noon: Field, cast: Cast, sign_in: SignIn):
    task(noon)
    late = START + timedelta(hours=11)
    with clock.at(late):
        client = sign_in(cast.ben)
        before = client.get(f"/board/{TOWN}/").content.decode()
        carry = {"event": str(uuid4()), "until": "2022-03-19T08:00"}
        without = client.post("/tasks/one/R-001/carried_over/", carry)
        carried = client.post("/tasks/one/R-001/carried_over/", carry | {"words": "帐篷未到"})
    with clock.at(late + timedelta(minutes=1)):
        after = client.get(f"/board/{TOWN}/").content.decode()
        listed = client.get(f"/tasks/{TOWN}/?as=csv&state=carried").content.decode("utf-8-sig")

    assert (without.status_code, carried.status_code) == (422, 302)
    assert ("1 项任务逾期未完成" in before, "联系 村干部甲" in before, "任务逾期" in after.split("board-why")[0]) == (True, True, False)
    assert "夜间增派 2 人值守,已延期,渡口卡点,村干部甲,2022-03-19 08:00,1,帐篷未到" in listed


def test_the_figures_count_tasks_by_their_state(noon: Field):
    for number in ("R-001", "R-002", "R-003", "R-004"):
        task(noon, number)
    step(noon, "done", "R-001")
    step(noon, "carried_over", "R-002", until="2022-03-25", words="缺人")
    step(noon, "dropped", "R-003", words="重复")
    step(noon, "given", "R-004", to="W2")
    step(noon, "done", "R-004")
    step(noon, "reopened", "R-004", words="现场无人")

    def counted(area: str, end: Any) -> list[Any]:
        values = figures(Question(area, START, end), "tasks.")
        return [values[f"tasks.{name}"] for name in ("set", "open", "overdue", "carried_over", "done", "dropped")]

    assert counted(TOWN, START + timedelta(hours=10)) == [4, 2, 1, 1, 1, 1]
    assert counted(WEST, START + timedelta(hours=9)) == [4, 2, 0, 1, 1, 1]
    assert counted(EAST, START + timedelta(hours=10)) == [0] * 6


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/tasks/{WEST}/", 200), ("ana", f"/tasks/{EAST}/", 404), ("dov", "/tasks/one/R-001/", 404), ("ben", "/tasks/one/R-9/", 404),
     ("chen", "/tasks/one/R-001/", 200), ("chen", NEW, 403)],
)  # fmt: skip
def test_who_sees_which_task(noon: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    task(noon)

    assert sign_in(getattr(cast, who)).get(path).status_code == status
