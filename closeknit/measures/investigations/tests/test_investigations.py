"""Investigations: tasks with a time and the police, who may read a case, the trail, and the figures."""

import html
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.record import lock
from closeknit.measures.investigations.case import cases
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, OTHER_COUNTY, OTHER_VILLAGE, START, TOWN, WEST, Cast, Field, account

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


def test_a_number_tells_one_area_nothing_of_anothers_case(field_records: Field, cast: Cast, sign_in: SignIn):
    field, eve = field_records, account("eve", "epidemiologist", OTHER_COUNTY)
    opened = field.record("investigations.opened", area=WEST, data={"case": "LD-1", "matter": "x", "staff": ["W1"]})
    field.record("investigations.staff_named", area=WEST, data={"case": "LD-1", "staff": ["W2"]})
    due = (START + timedelta(hours=2)).isoformat()
    field.record("investigations.task_given", area=WEST, data={"case": "LD-1", "what": "interview", "to": "W1", "due_at": due})
    field.record("tracing.person_named", area=WEST, person="P1", data={"case": "LD-1", "basis": "onset", "began_at": START.isoformat()})
    field.record("ledger.voided", area=WEST, corrects=str(opened.id), data={"reason": "编号有误"})
    field.later(minutes=1).record("investigations.opened", area=OTHER_VILLAGE, data={"case": "LD-1", "matter": "y"})
    field.record("investigations.closed", area=WEST, data={"case": "LD-1", "outcome": "excluded"})
    with clock.at(NOON):
        theirs = cases("LD-1")["LD-1"]
        traced = sign_in(eve).get("/investigation/LD-1/trace/")
        seen = [sign_in(who).get("/investigation/LD-1/").status_code for who in (eve, cast.chen, cast.ana)]

    assert (theirs.named, theirs.tasks, theirs.closed, seen) == (set(), [], None, [200, 404, 404])
    assert traced.headers.get("Location") == "/investigation/LD-1/person/", "it asks whose case it is, and opens nothing of P1"


def test_a_number_is_taken_by_whatever_was_said_of_it(field_records: Field, cast: Cast, sign_in: SignIn):
    field, said = field_records, {"case": "LD-1", "matter": "x"}
    opened = field.record("investigations.opened", area=WEST, data=said)
    told = {"case": "LD-2", "basis": "onset", "began_at": START.isoformat()}
    field.record("tracing.person_named", area=WEST, person="P1", data=told)
    field.record("ledger.voided", area=WEST, corrects=str(opened.id), data={"reason": "编号有误"})
    page = f"/investigations/{OTHER_COUNTY}/new/"
    with clock.at(NOON):
        eve = sign_in(account("eve", "epidemiologist", OTHER_COUNTY))
        statuses = [eve.post(page, {"case": number, "matter": "y"}).status_code for number in ("LD-1", "LD-2", "LD-3")]
        form = {"case": "LD-4", "matter": "y", "event": str(uuid7())}
        again = [eve.post(page, form).status_code for _ in range(2)]

    assert (statuses, again) == ([422, 422, 302], [302, 302])
    assert sorted(Event.objects.filter(area=OTHER_COUNTY).values_list("topic", flat=True)) == ["LD-3", "LD-4"]


@pytest.mark.django_db(transaction=True)
def test_of_two_areas_that_take_a_number_at_once_one_gets_it(field_records: Field, cast: Cast):
    eve = account("eve", "epidemiologist", OTHER_COUNTY)
    asked = [(cast.chen, COUNTY), (eve, OTHER_COUNTY)]
    clients = [Client() for _ in asked]
    for client, (who, _) in zip(clients, asked, strict=True):
        client.force_login(who)

    def opens(number: int) -> int:
        try:
            return clients[number].post(f"/investigations/{asked[number][1]}/new/", {"case": "LD-1", "matter": "x"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as at_once, transaction.atomic():
        lock()
        statuses = at_once.map(opens, range(2))
        time.sleep(1)  # both have begun, and wait to write

    assert sorted(statuses) == [302, 422]
    assert Event.objects.filter(kind="investigations.opened").count() == 1


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
