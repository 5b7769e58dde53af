"""The picking list of a round, its closing, and the day's supply and demand by area."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from closeknit.kit import clock
from closeknit.measures.supplies.kinds import Closings
from tests.town import COUNTY, EAST, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db
NOON = START + timedelta(hours=4)
DAY = "2022-03-18"


def order(field: Field, pack: str = "vegetable", quantity: int = 1, home: str = "H1", area: str = WEST) -> None:
    field.record("supplies.ordered", household=home, area=area, data={"pack": pack, "quantity": quantity})


def page(client: Any, screen: str, area: str, *, at: datetime = NOON, **query: str) -> str:
    with clock.at(at):
        return client.get(reverse(screen, args=[area]), query).content.decode()


def cells(text: str, label: str) -> list[str]:
    """What the cells under a heading say."""
    return [part.partition(">")[2].partition("<")[0] for part in text.split(f'data-label="{escape(label)}"')[1:]]


def test_liv_01_orders_close_at_an_hour_and_become_a_picking_list_per_shop(field_records: Field, ben: Any):
    field_records.record("supplies.pack_offered", area=TOWN, place="S1", data={"pack": "vegetable", "title": "蔬菜包", "price": 30})
    order(field_records, quantity=2)
    order(field_records, quantity=3, home="H4", area=EAST)
    order(field_records, "meat", home="H2")
    field_records.later(hours=10)  # 19:00: the orders of the day closed at 18:00
    order(field_records, quantity=9, home="H3")

    first, second = page(ben, "picking.shops", TOWN, day=DAY), page(ben, "picking.shops", TOWN)
    assert (cells(first, "Shop"), cells(first, "Ordered")) == (["河街商店", "no shop named"], ["5", "1"])
    assert (cells(first, "Households"), cells(first, "Sum (yuan)")[0]) == (["2", "1"], "150")
    assert (cells(second, "Ordered"), cells(page(ben, "picking.shops", EAST), "Ordered")) == (["9"], ["3"])


def test_what_was_picked_and_what_is_short(field_records: Field, ben: Any):
    order(field_records, quantity=5)
    field_records.record("supplies.picked", data={"day": DAY, "pack": "vegetable", "quantity": 3})
    text = page(ben, "picking.shops", TOWN)

    assert (cells(text, "Picked"), cells(text, "Short")) == (["3"], ["2"])


def test_the_nearest_area_says_when_orders_close(field_records: Field):
    for area, hour in ((TOWN, "16:00"), (WEST, "20:00")):
        field_records.record("supplies.round_set", area=area, data={"day": DAY, "closes_at": f"{DAY}T{hour}:00+08:00"})
    closings = Closings.of(COUNTY)
    at = datetime.fromisoformat(f"{DAY}T17:00:00+08:00")

    assert [closings.day(area, at).isoformat() for area in (WEST, EAST, TOWN, COUNTY)] == [DAY, "2022-03-19", "2022-03-19", DAY]


def test_a_round_that_closed_and_was_not_picked_stands_on_the_board(field_records: Field, ben: Any):
    order(field_records)
    morning = START + timedelta(hours=22)  # twelve hours after the closing
    said = "Rounds closed and not picked: 1"

    assert said not in page(ben, "command.board", TOWN, at=morning - timedelta(minutes=1))
    assert said in page(ben, "command.board", TOWN, at=morning)
    field_records.record("supplies.picked", area=TOWN, data={"day": DAY, "pack": "vegetable", "quantity": 1})
    assert said not in page(ben, "command.board", TOWN, at=morning)


def test_liv_04_supply_and_demand_lead_down_from_the_county_to_the_compound(field_records: Field, client: Any, cast: Any):
    client.force_login(cast.ben)
    client.cookies["django_language"] = "en"
    order(field_records, quantity=3)
    order(field_records, quantity=2, home="H3")
    order(field_records, "meat", home="H4", area=EAST)
    field_records.record("supplies.delivered", household="H1", data={"pack": "vegetable", "quantity": 1})
    field_records.record("supplies.fell_short", household="H1", data={"pack": "vegetable", "quantity": 2, "why": "nobody_home"})
    town, village = page(client, "picking.levels", TOWN), page(client, "picking.levels", WEST)

    numbers = [
        cells(text, label) for text in (town, village) for label in ("Ordered", "Delivered", "Not handed over", "Left at the day's end")
    ]
    assert numbers == [["5", "1"], ["1", "0"], ["2", "0"], ["4", "1"], ["3", "2"], ["1", "0"], ["2", "0"], ["2", "2"]]
    assert reverse("picking.levels", args=[WEST]) in town
    assert f"{reverse('deliveries.doors', args=[WEST])}?building=1%E7%BB%84" in village
    tomorrow = page(client, "picking.levels", TOWN, at=NOON + timedelta(days=1))
    assert (cells(tomorrow, "Ordered"), cells(tomorrow, "Left at the day's end")) == (["0", "0"], ["4", "1"])
