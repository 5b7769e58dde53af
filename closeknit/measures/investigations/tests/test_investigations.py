"""Investigations: tasks with a time and the police, who may read a case, the trail, and the figures."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOON = START + timedelta(hours=6)
NAMES = ("opened", "open", "closed", "tasks_open", "tasks_late", "with_police")


def told(area: str, hours: float) -> list[Any]:
    """The figures at so many hours after the start, in their order."""
    end = START + timedelta(hours=hours)
    found = figures(Question(area, end - timedelta(days=1), end), "investigations.")
    return [found[f"investigations.{name}"] for name in NAMES]


def text_of(response: Any) -> str:
    """What a page says."""
    return html.unescape(response.content.decode())


def test_epi_01_a_case_has_tasks_with_a_time_and_the_police_and_is_closed(field_records: Field, cast: Cast, sign_in: SignIn):
    with clock.at(NOON):
        chen = sign_in(cast.chen)
        chen.post(f"/investigations/{COUNTY}/new/", {"case": "LD-1", "matter": "外省返乡初筛异常", "staff": ["W2"]})
        said = {
            "what": "recordings",
            "words": "调阅渡口监控",
            "to": "W1",
            "due_at": "2022-03-18T18:00",
            "police": "on",
            "officer": "民警甲",
        }
        given = chen.post("/investigation/LD-1/task/", said)
        timeless = chen.post("/investigation/LD-1/task/", {**said, "due_at": ""})
        page = text_of(chen.get("/investigation/LD-1/"))
    task = Event.objects.get(kind="investigations.task_given")
    assert (given.status_code, timeless.status_code) == (302, 422)
    assert [word in page for word in ("外省返乡初筛异常", "调阅渡口监控", "民警甲", "村干部甲", "村干部乙")] == [True] * 5
    assert "调阅渡口监控" not in str(task.data), "what is said of people is kept encrypted"
    assert (told(COUNTY, 9), told(COUNTY, 10)) == ([1, 1, 0, 1, 0, 1], [1, 1, 0, 1, 1, 1])

    with clock.at(START + timedelta(hours=11)):
        bare = sign_in(cast.ana).post(f"/investigation/LD-1/task/{task.topic}/", {"outcome": "could_not"})
        done = sign_in(cast.ana).post(f"/investigation/LD-1/task/{task.topic}/", {"outcome": "done", "words": "已核实"})
        chen = sign_in(cast.chen)
        chen.post("/investigation/LD-1/close/", {"outcome": "confirmed"})
    assert (bare.status_code, done.status_code, told(COUNTY, 12)) == (422, 302, [1, 0, 1, 0, 0, 1])


def test_epi_01_only_epidemiologists_and_whom_the_case_names_read_it(field_records: Field, cast: Cast, sign_in: SignIn):
    other = account("eve", "epidemiologist", "990102")
    opened = {"case": "LD-1", "matter": "某人行程", "staff": ["W1"]}
    event = field_records.record("investigations.opened", area=WEST, data=opened)
    with clock.at(NOON):
        seen = {who.username: sign_in(who).get("/investigation/LD-1/").status_code for who in (cast.chen, cast.ana, cast.ben, other)}
        lists = {who.username: sign_in(who).get(f"/investigations/{TOWN}/").status_code for who in (cast.ana, cast.ben)}
        records = sign_in(cast.ben).get("/records/investigations.opened/").status_code
        record = sign_in(cast.ben).get(reverse("register.event", args=[event.id])).status_code
        answers = [sign_in(cast.ana).post("/investigation/LD-1/close/", {"outcome": "excluded"}).status_code]

    assert seen == {"chen": 200, "ana": 200, "ben": 404, "eve": 404}
    assert (lists, records, record, answers) == ({"ana": 403, "ben": 403}, 403, 404, [403])
    assert [(each.account, each.what, each.codes) for each in Reading.objects.filter(screen="investigations.case").order_by("account")] == [
        ("ana", "case", ["LD-1"]), ("chen", "case", ["LD-1"]),
    ]  # fmt: skip


def test_whoever_has_a_task_finds_it_on_the_first_screen(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.record("investigations.opened", area=WEST, data={"case": "LD-1", "matter": "x"})
    due = (START + timedelta(hours=2)).isoformat()
    field_records.record("investigations.task_given", area=WEST, data={"case": "LD-1", "what": "interview", "to": "W1", "due_at": due})
    with clock.at(NOON):
        home, ben = text_of(sign_in(cast.ana).get("/")), text_of(sign_in(cast.ben).get("/"))
        mine = text_of(sign_in(cast.ana).get("/investigation-tasks/"))
        board = text_of(sign_in(cast.chen).get(f"/board/{COUNTY}/?at=now"))

    assert ("您有 1 项任务未完成，其中逾期 1 项" in home, "流行病学调查" in ben, "个案调查" in mine) == (True, False, True)
    assert "流行病学调查任务逾期：1 项" in board


def test_a_task_until_a_day_is_late_at_the_days_end(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.record("investigations.opened", area=WEST, data={"case": "LD-1", "matter": "x"})
    for due in ("2022-03-18", "2022-03-18T20:00:00+08:00"):
        field_records.record("investigations.task_given", area=WEST, data={"case": "LD-1", "what": "interview", "to": "W1", "due_at": due})
    with clock.at(NOON):
        pages = [sign_in(cast.ana).get(page).status_code for page in ("/investigation/LD-1/", "/investigation-tasks/", "/")]

    assert pages == [200, 200, 200]
    assert [told(TOWN, hours)[4] for hours in (12, 15.9, 16)] == [1, 1, 2]
