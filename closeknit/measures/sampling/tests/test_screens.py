"""Sites by day and by hour, what they owe, and the desk where a person comes into a tube."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Count, Event
from closeknit.registry.models import Place
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field, campaign

SignIn = Callable[..., Any]
NOW = START + timedelta(hours=4)  # noon there


@pytest.fixture
def site(cast: Cast, field_records: Field) -> Iterator[Field]:
    """Two sites, one of which works: two samples in the first hour, one in the third."""
    with clock.at(START - timedelta(hours=1)):
        for code, area in (("TS1", WEST), ("TS2", EAST)):
            Place.objects.create(code=code, category="test_site", name=f"采样点{code[-1]}", area=area, learned_at=clock.now())
        plan(campaign("r1", "testing.round", "persons"))
    field = field_records
    field.record("testing.site_opened", place="TS1", data={"stations": 3})
    field.record("workforce.signed_in", place="TS1", data={"post": "sampling"})
    for person in ("P1", "P3"):
        field.record("testing.sampled", person=person, place="TS1", data={"tube": "T1", "pool": 10, "round": "r1", "mode": "site"})
    field.later(hours=2).record(
        "testing.sampled", person="P4", area=GRID, place="TS1", data={"tube": "T2", "pool": 10, "round": "r1", "mode": "site"}
    )
    field.record("testing.tube_sealed", place="TS1", data={"tube": "T2", "count": 1})
    field.record("testing.environment_sampled", place="TS1", data={"tube": "E1", "object": "门把手"})
    with clock.at(NOW):
        yield field


def rows(client: Any, query: str = "") -> list[list[str]]:
    text = client.get(f"/sites/{TOWN}/?as=csv&at=now&{query}").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_tst_13_throughput_by_site_and_by_hour(site: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = client.get("/site/TS1/?at=now").content.decode()

    assert rows(client) == [
        ["采样点1", "采样中", "3", "1", "3", "1", "3", "1", "", ""],
        ["采样点2", "未开放", "0", "0", "", "0", "0", "0", "", ""],
    ]
    assert re.findall(r"<li>(\d\d:00) <b>(\d)</b>", page) == [("09:00", "2"), ("10:00", "0"), ("11:00", "1")]


def test_the_counts_by_hour_are_rebuilt_to_the_same(site: Field):
    before = sorted(Count.objects.filter(name="testing.person_times").values_list("area", "place", "hour", "number"))

    call_command("rebuild", verbosity=0)

    assert sum(number for *_, number in before) == 3
    assert sorted(Count.objects.filter(name="testing.person_times").values_list("area", "place", "hour", "number")) == before


def test_tst_03_a_site_tells_its_stations_its_tubes_and_who_stands_there(site: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get("/site/TS1/?at=now").content.decode()
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))

    assert (facts["采样台"], facts["采样人次"], facts["采样管（未封管）"], facts["环境样本"], facts["在岗"]) == (
        "3",
        "3",
        "3 (1)",
        "1",
        "村干部甲",
    )
    assert 'href="/tube/T1/"' in page and "/desk/TS1/" in page


@pytest.mark.parametrize(
    ("closing", "owes"),
    [
        (None, "未收点"), ({"disinfected": True, "waste_bags": 4, "carrier": "乙车"}, ""), ({"disinfected": False}, "未消杀、医废未交接"),
        ({"disinfected": True, "waste_bags": 4}, "医废无转运人"),
    ],
)  # fmt: skip
def test_tst_11_env_01_a_site_is_closed_disinfected_and_its_waste_handed_to_a_named_carrier(
    site: Field, cast: Cast, sign_in: SignIn, closing: dict[str, Any] | None, owes: str
):
    if closing:
        site.later(hours=6).record("testing.site_closed", place="TS1", data=closing)
    with clock.at(START + timedelta(hours=30)):
        client = sign_in(cast.ben)
        found = {row[0]: row[-1] for row in rows(client, "day=2022-03-18")}
        board = client.get(f"/board/{TOWN}/?at=now").content.decode()

    assert found == {"采样点1": owes, "采样点2": ""}
    assert ("1 个采样点有欠项" in board) == bool(owes)


def test_a_site_that_works_owes_nothing_yet(site: Field, cast: Cast, sign_in: SignIn):
    assert "采样点有欠项" not in sign_in(cast.ben).get(f"/board/{TOWN}/?at=now").content.decode()


def press(client: Any, **said: str) -> Any:
    """Presses a button of the desk as it was drawn before."""
    drawn = client.get("/desk/TS1/").content.decode()
    event = re.findall(r'name="event" value="([^"]*)"', drawn)[0]
    return client.post("/desk/TS1/", {"event": event, "pool": "10", "round": "r1", **said})


def test_tst_05_the_desk_binds_a_person_to_a_tube_and_keeps_site_station_sampler_and_time(site: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    answer = press(client, tube="T8", ref_person="P2", station="2")
    page = client.get(answer["Location"]).content.decode()

    event = Event.objects.get(topic="T8")
    assert (event.person, event.place, event.area, event.member, event.data) == (
        "P2", "TS1", WEST, "W1", {"tube": "T8", "pool": 10, "round": "r1", "mode": "site", "station": 2},
    )  # fmt: skip
    assert "1/10" in page and "卢小河" in page and Reading.objects.filter(screen="sampling.desk").exists()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"tube": "T8", "ref_person": "P1"}, "此人本轮已采样"), ({"tube": "T2", "ref_person": "P2"}, "此管已封管"),
        ({"tube": "T1", "ref_person": "P2", "pool": "1"}, "此管已满"), ({"tube": "T5", "ref_person": "P2"}, "此管属于其他采样点"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_press_is_said_and_only_a_second_press_records(
    site: Field, cast: Cast, sign_in: SignIn, said: dict[str, str], text: str
):
    site.record("testing.sampled", person="P5", area=EAST, place="TS2", data={"tube": "T5", "pool": 10, "round": "r1"})
    client, before = sign_in(cast.ana), Event.objects.filter(kind="testing.sampled").count()
    first = press(client, **said)
    despite = re.findall(r'name="despite" value="([^"]+)"', first.content.decode())[0]
    between = Event.objects.filter(kind="testing.sampled").count()
    second = press(client, **said, despite=despite)

    assert (first.status_code, second.status_code) == (422, 302)
    assert text in first.content.decode()
    assert (between, Event.objects.filter(kind="testing.sampled").count()) == (before, before + 1)


@pytest.mark.parametrize(
    ("said", "text"), [({"ref_person": "P2"}, "请先扫描或填写采样管编号"), ({"tube": "T8"}, "请扫描或填写被采样人"),
     ({"tube": "T8", "ref_person": "P9"}, "未找到")],
)  # fmt: skip
def test_a_press_without_tube_or_person_says_what_is_missing(site: Field, cast: Cast, sign_in: SignIn, said: dict[str, str], text: str):
    answer = press(sign_in(cast.ana), **said)

    assert answer.status_code == 422 and text in answer.content.decode()


def test_a_tube_is_sealed_and_another_count_is_asked_for_twice(site: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    first = press(client, do="seal", tube="T1", count="3")
    despite = re.findall(r'name="despite" value="([^"]+)"', first.content.decode())[0]
    second = press(client, do="seal", tube="T1", count="3", despite=despite)

    assert (first.status_code, second.status_code) == (422, 302)
    assert "份数与管内登记人数不一致" in first.content.decode()
    assert list(Event.objects.filter(kind="testing.tube_sealed", topic="T1").values_list("data__count", flat=True)) == [3]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/sites/{WEST}/", 200), ("ana", f"/sites/{EAST}/", 404), ("ana", "/site/TS1/", 200), ("ana", "/site/TS2/", 404),
        ("ana", "/desk/TS2/", 404), ("chen", "/desk/TS1/", 403), ("dov", f"/sites/{TOWN}/", 404), ("dov", "/site/TS1/", 404),
        ("ben", "/site/none/", 404), ("ben", "/site/CP1/", 404),
    ],
)  # fmt: skip
def test_who_sees_which_site(site: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status


def test_where_there_is_no_site_the_page_says_what_to_do_first(cast: Cast, sign_in: SignIn):
    assert "导入类别为 test_site 的场所后" in sign_in(cast.ben).get(f"/sites/{TOWN}/").content.decode()


def test_a_list_asks_the_same_number_of_questions_however_many_sites_there_are(site: Field, cast: Cast, sign_in: SignIn):
    client, asked = sign_in(cast.ben), []
    for numbers in (range(3, 9), ()):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/sites/{TOWN}/?at=now")
        asked.append(len(queries))
        for number in numbers:
            Place.objects.create(code=f"TS{number}", category="test_site", name=f"点{number}", area=EAST, learned_at=clock.now())

    assert asked[0] == asked[1]
