"""Supplies and stock, reckoned by other hands: what was ordered, delivered, fell short, lies there."""

from collections import Counter
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOORS, PLACE_AREA, lies_in
from tests.town import EAST, START

SEEDS = range(5)
SECTIONS = ("supplies", "deliveries", "stock")
PACKS = ("vegetable", "meat")
ITEMS = ("口罩", " 口罩 ", "手套")
SHOPS = ("S1", "S2", "D1")
KINDS = tuple(f"supplies.{name}" for name in ("ordered", "delivered", "fell_short", "line_parked", "stock_moved", "minimum_set"))


def a_day(seed: int) -> Day:
    """Orders and deliveries of doors and of people, some of them merged; lines that wait; stock that comes and goes."""
    day = Day(seed)
    people = day.people()
    found = day.say("registry.found", day.time(START, START), EAST, what="household")
    day.say("registry.merged", day.time(), household="H2", canonical="J4", reference="household")
    doors = [*DOORS, f"found:{found}"]
    if day.chance(0.5):
        day.say("registry.merged", day.time(), household=f"found:{found}", canonical="H5", reference="household")
    for kind, times in (("ordered", 30), ("delivered", 24), ("fell_short", 8)):
        for _ in range(times):
            whom = {"person": day.one(*people)} if day.chance(0.3) else {"household": day.one(*doors)}
            why = {"why": "damaged"} if kind == "fell_short" else {}
            day.say(f"supplies.{kind}", day.time(), pack=day.one(*PACKS), quantity=day.one(1, 2, 3), **whom, **why)
    for _ in range(8):
        day.say(
            "supplies.line_parked", day.time(), line="21. 两份", why="no_door", day="2022-03-18", settled=day.one(None, None, "dropped")
        )
    for _ in range(24):
        reason = day.one("received", "issued", "counted", "spoiled")
        moved = {"item": day.one(*ITEMS), "quantity": day.one(5, 20, -4, -9), "reason": reason}
        day.say("supplies.stock_moved", day.time(), place=day.one(*SHOPS), **moved)
    for _ in range(8):
        day.say("supplies.minimum_set", day.time(), place=day.one(*SHOPS), item=day.one(*ITEMS), quantity=day.one(0, 8, 30))
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "supplies.line_parked":
            return {"settled": "recorded"}
        case "supplies.stock_moved":
            return {"quantity": day.one(3, -3, 40), "reason": event["data"]["reason"]}
    return {"quantity": day.one(1, 2, 5)}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Supplies."""
    balance = _balance(book, asked)
    parked = [each for each in book.until(asked, "supplies.line_parked") if lies_in(each.area, asked.area)]
    stock = {pair: amount for pair, amount in _stock(book, asked).items() if lies_in(PLACE_AREA[pair[0]], asked.area)}
    lowest = {_at(each): each.data["quantity"] for each in book.until(asked, "supplies.minimum_set")}
    lowest = {pair: amount for pair, amount in lowest.items() if lies_in(PLACE_AREA[pair[0]], asked.area)}
    return {
        **{f"supplies.ordered.{pack}": _packs(book, asked, "ordered", pack) for pack in PACKS},
        **{f"supplies.delivered.{pack}": _packs(book, asked, "delivered", pack) for pack in PACKS},
        **{f"supplies.short.{pack}": _packs(book, asked, "fell_short", pack) for pack in PACKS},
        "supplies.undelivered": sum(left for left in balance.values() if left > 0),
        "supplies.over_delivered": -sum(left for left in balance.values() if left < 0),
        "supplies.households_waiting": len({whose for (whose, _), left in balance.items() if left > 0}),
        "supplies.lines_open": sum("settled" not in each.data for each in parked),
        "supplies.stock_items": sum(amount > 0 for amount in stock.values()),
        "supplies.stock_low": sum(least > 0 and stock.get(pair, 0) < least for pair, least in lowest.items()),
        "supplies.stock_negative": sum(amount < 0 for amount in stock.values()),
    }


def _packs(book: Book, asked: Asked, kind: str, pack: str) -> int:
    return sum(each.data["quantity"] for each in book.counted(asked, f"supplies.{kind}") if each.data["pack"] == pack)


def _balance(book: Book, asked: Asked) -> Counter[tuple[str, str]]:
    """What is left of each pack for whom; below nought what came too much. Of those who lie in the area."""
    one = book.one_code(asked)
    balance: Counter[tuple[str, str]] = Counter()
    for each in book.until(asked, "supplies.ordered", "supplies.delivered"):
        whose = one(each.household or each.person)
        if lies_in(book.home(whose, asked), asked.area):
            balance[whose, each.data["pack"]] += each.data["quantity"] * (1 if each.kind == "supplies.ordered" else -1)
    return balance


def _at(entry: Entry) -> tuple[str, str]:
    return entry.place, entry.data["item"].strip()


def _stock(book: Book, asked: Asked) -> Counter[tuple[str, str]]:
    stock: Counter[tuple[str, str]] = Counter()
    for each in book.until(asked, "supplies.stock_moved"):
        stock[_at(each)] += each.data["quantity"]
    return stock


@pytest.mark.parametrize("seed", SEEDS)
def test_supplies_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_supplies_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_supplies_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
