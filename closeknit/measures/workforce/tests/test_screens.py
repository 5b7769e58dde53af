"""Who stands at which post, which posts stand empty, and how many worked where."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.measures.workforce.rules import empty_posts, too_long
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "expected"), [(0, False), (12, False), (12.1, True)])
def test_nobody_stands_longer_than_a_days_work(hours: float, expected: bool):
    assert too_long(NOON - timedelta(hours=hours), NOON, 12) is expected


@pytest.mark.parametrize(
    ("manned", "anybody", "expected"),
    [({"CP1"}, True, ["CP2"]), (set(), True, ["CP1", "CP2"]), (set(), False, []), ({"CP1", "CP2"}, True, [])],
)
def test_a_post_stands_empty_only_where_others_sign_in(manned: set[str], anybody: bool, expected: list[str]):
    assert empty_posts(["CP1", "CP2"], manned, anybody) == expected


@pytest.fixture
def shift(field_records: Field) -> Iterator[Field]:
    """W1 at the wharf yesterday and today, W2 in and out, W3 in the town since long ago."""
    field_records.record("workforce.signed_in", member="W3", area=EAST, data={"post": "联络", "unit": "镇政府"})
    field_records.record("workforce.signed_in", place="CP1", data={"post": "checkpoint"})
    field_records.later(hours=6).record("workforce.signed_out", place="CP1")
    field_records.record("workforce.signed_in", member="W2", place="CP1", data={"post": "checkpoint"})
    field_records.record("workforce.signed_out", member="W2", place="CP1")
    field_records.later(hours=18).record("workforce.signed_in", data={"post": "巡查"})
    with clock.at(field_records.now + timedelta(hours=1)):
        yield field_records


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_who_is_at_which_post_now(shift: Field, cast: Cast, sign_in: SignIn):
    found = rows(sign_in(cast.ben), f"/duty/{TOWN}/?sort=name")

    assert [row[:5] for row in found] == [
        ["村干部甲", "在岗", "巡查", "西坪村", "西坪村"],
        ["镇干部", "超时在岗", "联络", "东岭村", "镇政府"],
    ]
    assert [row[0] for row in rows(sign_in(cast.ben), f"/duty/{TOWN}/?long=1")] == ["镇干部"]


def test_a_post_without_anybody_is_named(shift: Field, cast: Cast, sign_in: SignIn):
    assert "以下卡点无人在岗：渡口卡点" in sign_in(cast.ben).get(f"/duty/{TOWN}/").content.decode()


def test_people_and_person_times_by_day_place_and_unit(shift: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = client.get(f"/duty/{TOWN}/days/").content.decode()

    assert sorted(rows(client, f"/duty/{TOWN}/days/")) == [
        ["2022-03-18", "东岭村", "镇政府", "1", "1"], ["2022-03-18", "渡口卡点", "东岭村", "1", "1"],
        ["2022-03-18", "渡口卡点", "西坪村", "1", "1"], ["2022-03-19", "西坪村", "西坪村", "1", "1"],
    ]  # fmt: skip
    assert "3 人、4 人次" in page


@pytest.mark.parametrize("screen", ["", "days/"])
@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404), ("chen", TOWN, 403)])
def test_who_sees_it(shift: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/duty/{area}/{screen}").status_code == status


def test_where_nobody_signs_in_the_page_says_what_to_do_and_blames_no_post(town: None, cast: Cast, sign_in: SignIn):
    with clock.at(START):
        page = sign_in(cast.ben).get(f"/duty/{TOWN}/").content.decode()

    assert ("到岗签到、离岗签退后" in page, "无人在岗：" in page) == (True, False)


def test_a_telephone_is_entered_for_a_member_without_an_account(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    answer = client.post("/duty/of/W2/telephone/", {"phone": "199 0000 0042"}, follow=True)

    assert answer.redirect_chain == [(f"/duty/{EAST}/members/", 302)]
    assert [row[:3] for row in rows(client, f"/duty/{TOWN}/members/?sort=name")] == [
        ["村干部乙", "19900000042", "村（社区）干部"],
        ["村干部甲", "", "村（社区）干部"],
        ["镇干部", "", "乡镇督导"],
    ]
    assert [row[0] for row in rows(client, f"/duty/{TOWN}/members/?none=1&sort=name")] == ["村干部甲", "镇干部"]
    assert Reading.objects.filter(what="member", account="ben").exists()


def test_what_is_no_telephone_is_said_beside_the_field(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ben).post("/duty/of/W2/telephone/", {"phone": "无"})

    assert (answer.status_code, "不是电话号码" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("ana", 403), ("chen", 403), ("dov", 404), ("ben", 200)])
def test_telephones_are_for_those_who_keep_them(cast: Cast, sign_in: SignIn, who: str, status: int):
    client = sign_in(getattr(cast, who))

    assert [client.get(url).status_code for url in (f"/duty/{TOWN}/members/", "/duty/of/W2/telephone/")] == [status, status]
