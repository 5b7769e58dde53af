"""A generated day of packs and stock, reckoned once more from the text of docs/field-records.md alone: both must agree."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from closeknit.kit.ids import uuid7
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db
HOMES = {"H1": WEST, "H2": WEST, "H3": WEST, "H4": EAST, "H5": EAST}
PEOPLE = {"P1": WEST, "P3": WEST, "P5": EAST}
PLACES = {"S1": WEST, "CP1": WEST, "S2": EAST}
PACKS, ITEMS = ("vegetable", "meat", "fruit"), ("口罩", " 口罩", "体温计")
Said = dict[str, Any]


def a_day(seed: int) -> list[Said]:
    """Some hundred records of a day: orders, deliveries, what fell short, lines, stock; some corrected, some withdrawn, some late."""
    chance = random.Random(seed)
    made: list[Said] = []
    for _ in range(160):
        at = START + timedelta(minutes=chance.randrange(24 * 60))
        kind = chance.choice(
            ["ordered"] * 4 + ["delivered"] * 3 + ["fell_short", "line_parked", "stock_moved", "stock_moved", "minimum_set"]
        )
        said: Said = {
            "id": str(uuid7()),
            "kind": f"supplies.{kind}",
            "at": at,
            "received": at + timedelta(minutes=chance.choice([1, 1, 1, 300])),
        }
        if kind in ("stock_moved", "minimum_set"):
            place = chance.choice(sorted(PLACES))
            said |= {"place": place, "area": PLACES[place], "data": {"item": chance.choice(ITEMS)}}
            said["data"] |= _move(chance) if kind == "stock_moved" else {"quantity": chance.randrange(0, 40)}
        elif kind == "line_parked":
            said |= {"area": chance.choice([WEST, EAST]), "data": {"line": f"{chance.random()}", "why": "no_door", "day": "2022-03-18"}}
        else:
            said |= _whose(chance) | {"area": chance.choice([WEST, EAST])}
            said["data"] = {"pack": chance.choice(PACKS), "quantity": chance.randrange(1, 5)} | (
                {"why": "other"} if kind == "fell_short" else {}
            )
        made.append(said)
    for old in chance.sample(made, 25):
        made.append(_mended(chance, old))
    return made


def _whose(chance: random.Random) -> Said:
    if chance.random() < 0.2:
        return {"person": chance.choice(sorted(PEOPLE))}
    return {"household": chance.choice(sorted(HOMES))}


def _move(chance: random.Random) -> Said:
    quantity = chance.randrange(-30, 45) or 1
    return {"quantity": quantity, "reason": "received" if quantity > 0 else "issued"}


def _mended(chance: random.Random, old: Said) -> Said:
    """A correction or a withdrawal of a record, learned later."""
    said = {**old, "id": str(uuid7()), "corrects": old["id"], "received": old["received"] + timedelta(minutes=chance.randrange(1, 200))}
    if chance.random() < 0.5:
        return said | {"kind": "ledger.voided", "data": {"reason": "重复"}}
    data = {**old["data"], "reason": old["data"].get("reason", "更正")}
    change = {"settled": "dropped"} if old["kind"] == "supplies.line_parked" else {"quantity": 3}
    return said | {"data": {**data, **change, **({"reason": "received"} if old["kind"] == "supplies.stock_moved" else {})}}


def plainly(records: list[Said], area: str, start: datetime, end: datetime, as_of: datetime) -> Said:
    """The figures as the text has them."""
    known = [each for each in records if each["received"] <= as_of]
    gone = {each["corrects"] for each in known if "corrects" in each}
    rows = [each for each in known if each["id"] not in gone and each["kind"] != "ledger.voided" and each["at"] < end]
    inside = {WEST, EAST} if area == TOWN else {area}
    found: Said = defaultdict(int)
    packs: dict[Any, int] = defaultdict(int)
    for each in rows:
        kind, data = each["kind"].partition(".")[2], each["data"]
        if kind in ("ordered", "delivered", "fell_short"):
            name = "short" if kind == "fell_short" else kind
            if each["at"] >= start and each["area"] in inside:
                found[f"supplies.{name}.{data['pack']}"] += data["quantity"]
            home = each.get("household") or each["person"]
            if {**HOMES, **PEOPLE}[home] in inside and name != "short":
                packs[home, data["pack"]] += data["quantity"] * (1 if name == "ordered" else -1)
        elif kind == "line_parked" and each["area"] in inside and not data.get("settled"):
            found["supplies.lines_open"] += 1
    found["supplies.undelivered"] = sum(number for number in packs.values() if number > 0)
    found["supplies.over_delivered"] = -sum(number for number in packs.values() if number < 0)
    found["supplies.households_waiting"] = len({home for (home, _), number in packs.items() if number > 0})
    stock: dict[Any, int] = defaultdict(int)
    least: dict[Any, int] = defaultdict(int)
    for each in sorted(rows, key=lambda one: (one["at"], one["received"], one["seq"], one["id"])):
        if each.get("place") and PLACES[each["place"]] in inside:
            key = (each["place"], each["data"]["item"].strip())
            if each["kind"] == "supplies.stock_moved":
                stock[key] += each["data"]["quantity"]
            else:
                least[key] = each["data"]["quantity"]
    found["supplies.stock_items"] = sum(1 for number in stock.values() if number > 0)
    found["supplies.stock_negative"] = sum(1 for number in stock.values() if number < 0)
    found["supplies.stock_low"] = sum(1 for key, number in least.items() if stock[key] < number)
    return dict(found)


@pytest.mark.parametrize("seed", [1, 2])
def test_liv_02_sup_01_a_generated_day_comes_out_as_a_plain_reckoning_has_it(field_records: Field, seed: int):
    records = sorted(a_day(seed), key=lambda each: each["received"])
    for number, each in enumerate(records, 1):
        each["seq"] = number
        wire = {name: value for name, value in each.items() if name != "received"} | {"at": each["at"].astimezone(UTC).isoformat()}
        assert field_records.push(wire, received_at=each["received"])[0].status == "accepted"

    for area in (TOWN, WEST, EAST):
        for hours, known in ((24, 48), (12, 12), (18, 30)):
            start, end, as_of = START + timedelta(hours=hours - 12), START + timedelta(hours=hours), START + timedelta(hours=known)
            got = figures(Question(area, start, end, as_of), "supplies.")
            wanted = plainly(records, area, start, end, as_of)
            assert wanted["supplies.undelivered"] > 0
            assert {name: got.get(name, 0) for name in got.keys() | wanted.keys()} == {
                name: wanted.get(name, 0) for name in got.keys() | wanted.keys()
            }
