"""What was told to the public, counted by medium and village."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]


@pytest.fixture
def told(field_records: Field) -> Iterator[Field]:
    field_records.record("outreach.posted", data={"medium": "banner", "quantity": 4, "where": "村口"})
    field_records.record("outreach.posted", area=GRID, data={"medium": "banner", "quantity": 2})
    field_records.record("outreach.broadcast", area=EAST, data={"device_kind": "loudspeaker", "quantity": 12})
    field_records.record("outreach.messaged", area=EAST, data={"channel": "sms", "recipients": 300})
    with clock.at(START + timedelta(hours=8)):
        yield field_records


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


def test_counts_by_medium_and_village(told: Field, cast: Cast, sign_in: SignIn):
    heading, west, east = rows(sign_in(cast.ben), f"/outreach/{TOWN}/")
    numbers = [{word: number for word, number in zip(heading, row, strict=True) if number != "0"} for row in (west, east)]

    assert numbers == [{"地区": "西坪村", "横幅": "6"}, {"地区": "东岭村", "大喇叭": "12", "信息接收人次": "300"}]


@pytest.mark.parametrize(
    ("query", "expected"), [("", 4), ("?kind=outreach.posted", 2), ("?day_from=2022-03-19", 0), ("?day_to=2022-03-18", 4)]
)
def test_the_records_behind_the_counts(told: Field, cast: Cast, sign_in: SignIn, query: str, expected: int):
    assert len(rows(sign_in(cast.ben), f"/outreach/{TOWN}/records/{query}")) - 1 == expected


@pytest.mark.parametrize("screen", ["", "records/"])
@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404), ("chen", TOWN, 403)])
def test_who_sees_it(told: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/outreach/{area}/{screen}").status_code == status


def test_where_nothing_was_told_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "登记张贴、广播、推送后" in sign_in(cast.ben).get(f"/outreach/{TOWN}/").content.decode()


def test_com_03_material_is_counted_by_where_it_was_placed(told: Field, cast: Cast, sign_in: SignIn):
    for quantity, place in ((3, "S1"), (2, "S1"), (1, "")):
        said = {"medium": "poster", "quantity": quantity, "spot": "shop" if place else "unit_door", "where": "1单元"}
        told.record("outreach.posted", place=place, data=said)

    assert rows(sign_in(cast.ben), f"/outreach/{TOWN}/spots/")[1:] == [
        ["未登记", "4", "横幅", "村口", "西坪村"], ["商超、集市", "5", "海报", "河街商店", "西坪村"],
        ["单元门", "1", "海报", "1单元", "西坪村"], ["未登记", "2", "横幅", "", "西坪村第1网格"],
    ]  # fmt: skip
