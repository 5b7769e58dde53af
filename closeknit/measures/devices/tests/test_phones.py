"""The list of phones and one phone's page: who is silent, what is missing, what is proved."""

from datetime import timedelta

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.measures.devices.tests.conftest import Enrolled
from closeknit.measures.devices.words import ago, clock_words, ranges
from closeknit.sync.enrolment.holes import holes
from closeknit.sync.models import Device
from tests.town import EAST, START, Cast, Field

NOW = START + timedelta(hours=9)


@pytest.fixture(autouse=True)
def nine_o_clock():
    with clock.at(NOW):
        yield


def page(client, who: Account, path: str) -> str:
    client.force_login(who)
    client.cookies["django_language"] = "en"
    return client.get(path).content.decode()


def record(seqs: list[int], device: str = "D-22222") -> None:
    field = Field(now=NOW)
    for seq in seqs:
        field.push(field.event("doorknock.visited", device=device, household="H1", data={"outcome": "met"}) | {"seq": seq}, device=device)


def test_the_list_says_who_holds_a_phone_and_what_it_last_said(client, cast: Cast, enrolled: Enrolled):
    seen = NOW - timedelta(hours=3)
    enrolled(last_seen_at=seen, unsent=7, last_seq=9, app="0.2.0", persisted=False, clock_error_s=-600.0, label="Chrome on Android")
    record([1, 2, 5])

    shown = page(client, cast.ben, "/phones/")

    for said in ("D-22222", "村干部甲", "西坪村", "3 hours ago", ">7<", ">2<", "10 minutes fast", "no: may be lost", "0.2.0", "in use"):
        assert said in shown


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", ["D-22222", "D-33333", "D-44444", "D-55555"]),
        ("?silent=1", ["D-33333", "D-44444"]),
        ("?unsent=1", ["D-22222"]),
        ("?holes=1", ["D-44444"]),
        ("?state=revoked", ["D-55555"]),
        ("?state=in_use", ["D-22222", "D-33333", "D-44444"]),
        ("?q=村干部乙", ["D-44444"]),
        ("?q=d-33", ["D-33333"]),
        ("?sort=-seen", ["D-22222", "D-33333", "D-44444", "D-55555"]),
    ],
)
def test_the_list_is_narrowed(client, cast: Cast, enrolled: Enrolled, query: str, listed: list[str]):
    enrolled(last_seen_at=NOW, unsent=1)
    enrolled("D-33333", last_seen_at=NOW - timedelta(days=2), unsent=0)
    enrolled("D-44444", area=EAST, member="W2")
    enrolled("D-55555", revoked_at=NOW)
    record([2], "D-44444")

    shown = page(client, cast.ben, f"/phones/{query}")

    assert [code for code in ("D-22222", "D-33333", "D-44444", "D-55555") if f">{code}<" in shown] == listed


def test_each_sees_the_phones_of_the_own_area_alone(client, cast: Cast, enrolled: Enrolled):
    enrolled()
    enrolled("D-33333", area=EAST)

    assert [">D-22222<" in page(client, who, "/phones/") for who in (cast.ana, cast.ben, cast.dov)] == [True, True, False]
    assert [">D-33333<" in page(client, who, "/phones/") for who in (cast.ana, cast.ben, cast.dov)] == [False, True, False]


@pytest.mark.parametrize("path", ["/phones/of/D-22222/", "/phones/of/D-22222/revoke/", "/phones/letters/D-22222/"])
def test_a_phone_of_another_county_is_not_there(client, cast: Cast, enrolled: Enrolled, path: str):
    enrolled()
    client.force_login(cast.dov)

    assert [client.get(path).status_code, client.post(path, {"reason": "lost", "do": "take"}).status_code] == [404, 404]
    assert Device.objects.get().revoked_at is None


def test_all_has_arrived_only_where_it_is_proved(client, cast: Cast, enrolled: Enrolled):
    enrolled(last_seen_at=NOW, unsent=0, last_seq=3)
    unknown = page(client, cast.ben, "/phones/of/D-22222/")
    record([1, 3])
    hole = page(client, cast.ben, "/phones/of/D-22222/")
    record([2])
    proved = page(client, cast.ben, "/phones/of/D-22222/")
    Device.objects.update(unsent=1)
    unsent = page(client, cast.ben, "/phones/of/D-22222/")
    Device.objects.update(unsent=None)
    silent = page(client, cast.ben, "/phones/of/D-22222/")
    Device.objects.update(unsent=0, last_seq=2)
    ahead = page(client, cast.ben, "/phones/of/D-22222/")

    words = "have arrived: proved up to No. 3"
    assert [words in shown for shown in (unknown, hole, proved, unsent, silent)] == [False, False, True, False, False]
    assert "Not all of this phone" in hole
    assert "<dd>2</dd>" in hole
    assert "has not said yet" in silent
    assert "Everything up to No. 3 has arrived. Whether" in ahead


def test_a_phone_is_revoked_with_a_reason_once_and_for_good(client, cast: Cast, enrolled: Enrolled):
    enrolled()
    client.force_login(cast.ben)

    without = client.post("/phones/of/D-22222/revoke/", {"reason": ""})
    client.post("/phones/of/D-22222/revoke/", {"reason": "left in a bus"})
    client.post("/phones/of/D-22222/revoke/", {"reason": "again"})

    row = Device.objects.get()
    assert (without.status_code, row.revoked_at, row.revoked_by, row.revoked_why) == (422, NOW, "W3", "left in a bus")
    shown = page(client, cast.ben, "/phones/of/D-22222/")
    assert "left in a bus" in shown
    assert "/phones/of/D-22222/revoke/" not in shown


def test_a_village_sees_its_phones_and_revokes_none(client, cast: Cast, enrolled: Enrolled):
    enrolled()
    client.force_login(cast.ana)

    assert client.get("/phones/of/D-22222/").status_code == 200
    assert client.post("/phones/of/D-22222/revoke/", {"reason": "lost"}).status_code == 403


def test_an_empty_list_says_what_to_do(client, cast: Cast):
    assert "Choose a worker" in page(client, cast.ben, "/phones/")


def test_a_hole_that_was_destroyed_later_is_none(enrolled: Enrolled):
    enrolled(held_to=4)
    record([6, 7])

    assert holes(["D-22222", "D-33333"]) == {"D-22222": 1}
    assert holes([]) == {}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "just now"), (1, "just now"), (2, "2 minutes ago"), (119, "119 minutes ago"), (120, "2 hours ago"), (2879, "47 hours ago"),
     (2880, "2 days ago"), (-5, "just now")],
)  # fmt: skip
def test_how_long_ago(minutes: int, said: str):
    assert ago(NOW - timedelta(minutes=minutes), NOW).of("en") == said


@pytest.mark.parametrize(
    ("error_s", "said"),
    [(0, "right"), (-120, "right"), (121, "2 minutes slow"), (-600, "10 minutes fast"), (7200, "2 hours slow"),
     (-86_400 * 3, "3 days fast"), (1.6e9, "18518 days slow")],
)  # fmt: skip
def test_how_a_clock_goes(error_s: float, said: str):
    words = clock_words(error_s)

    assert words is not None
    assert words.of("en") == said


@pytest.mark.parametrize(
    ("numbers", "said"), [([], ""), ([3], "3"), ([3, 4], "3–4"), ([9, 3, 8, 7, 7], "3, 7–9"), ([1, 2, 3, 5, 6, 8], "1–3, 5–6, 8")]
)
def test_numbers_as_people_write_them(numbers: list[int], said: str):
    assert ranges(numbers) == said
