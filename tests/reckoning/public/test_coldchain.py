"""The cold chain, reckoned by other hands: stores in doubt, posts and their officers, batches and their certificates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.registry.loading import load_members, load_places
from closeknit.registry.members.chiefs import name_chiefs
from closeknit.reports.figures import Question, Value, sections
from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_day
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import at_or_above, lies_in
from tests.reckoning.public.places import AREA_OF, CATEGORY_OF, CHIEFS, HEADING, PLACES
from tests.town import EAST, GRID, START, TOWN, WEST, write_csv
from tests.town import MEMBERS as MEMBERS_FILE

SEEDS = range(3)
SECTIONS = ("stores", "coldchain", "goods", "coldposts")
ROLES = {"territory", "industry", "enterprise"}
MEMBERS = {"W1", "W2", "W3"}
IMPORTED = {"customs", "test", "disinfection"}
STORE_CHECKED, VEHICLE_CHECKED, DUTY = "coldchain.store_checked", "coldchain.vehicle_checked", "coldchain.duty_set"
ARRIVED, SHOWN, DECIDED = "coldchain.batch_arrived", "coldchain.certificate_shown", "coldchain.batch_decided"
KINDS = (STORE_CHECKED, VEHICLE_CHECKED, DUTY, ARRIVED, SHOWN, DECIDED)
STORES = ("CS1", "CS2", "CS3", "CS4")
POSTS = ("KP1", "KP2", "KP3")


def a_day(seed: int) -> Day:
    """Checks of stores and vehicles, duties of days, batches that arrive twice, papers shown before them, decisions on none."""
    day = Day(seed)
    for _ in range(8):
        when = day.time() - timedelta(days=day.one(0, 6, 7, 8))
        day.say(STORE_CHECKED, when, place=day.one(*STORES), notice_posted=day.chance(0.5))
    for _ in range(14):
        checked = {"decision": "admitted", "certificate": day.one(None, True, False)}
        day.say(VEHICLE_CHECKED, day.time(), place=day.one(*POSTS, "CP1"), **checked)
    for _ in range(5):
        area = day.one(TOWN, WEST, EAST, GRID)
        day.say(DUTY, day.time(), area, day=_day_of_duty(day), worker=day.one(*sorted(MEMBERS)))
    for _ in range(24):
        day.say(ARRIVED, day.time(), **_batch(day), **_load(day))
    for _ in range(20):
        day.say(SHOWN, day.time(), **_batch(day), certificate=day.one(*sorted(IMPORTED)))
    for _ in range(16):
        day.say(DECIDED, day.time(), **_batch(day), **_decision(day))
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _day_of_duty(day: Day) -> str:
    return day.one("2022-03-18", "2022-03-20")


def _batch(day: Day) -> Record:
    return {"place": day.one(*STORES[:3], "M1"), "batch": day.one("批1", "批2", "批3")}


def _load(day: Day) -> Record:
    some = day.random.sample(sorted(IMPORTED), day.one(0, 1, 2, 3))
    return {"goods": "冻虾", "imported": day.chance(0.6), "certificates": some}


def _decision(day: Day) -> Record:
    return {"outcome": day.one("released", "held"), "reason": "证件核查"}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "coldchain.store_checked":
            return {"notice_posted": day.chance(0.5)}
        case "coldchain.vehicle_checked":
            return {"certificate": day.one(None, True)}
        case "coldchain.duty_set":
            return {"day": _day_of_duty(day)}
        case "coldchain.batch_arrived":
            return _load(day) | {"batch": day.one(event["data"]["batch"], "批4")}
        case "coldchain.certificate_shown":
            return {"certificate": day.one(*sorted(IMPORTED))}
    return _decision(day)


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Cold chain and in the contract."""
    stores, posts = _of(asked, "cold_store"), _of(asked, "coldchain_post")
    checks = {each.place: each for each in book.until(asked, STORE_CHECKED)}
    lately = {place for place, check in checks.items() if asked.end - timedelta(days=7) <= check.when}
    today = str(local_day(asked.end - timedelta(microseconds=1)))
    round_by = {each.area for each in book.until(asked, DUTY) if each.data["day"] == today}
    vehicles = book.counted(asked, VEHICLE_CHECKED)
    return {
        "coldchain.stores": len(stores),
        "coldchain.checked": len({each.place for each in book.counted(asked, STORE_CHECKED)}),
        "coldchain.three_chiefs": sum(_three(store) for store in stores),
        "coldchain.stores_in_doubt": sum(not _three(store) or not set(_chiefs(store).values()) <= MEMBERS for store in stores),
        "coldchain.stores_unchecked": len(stores - lately),
        "coldchain.stores_without_notice": sum(not (place in checks and checks[place].data["notice_posted"]) for place in stores),
        "coldchain.posts": len(posts),
        "coldchain.posts_without_officer": sum(not round_by & set(at_or_above(AREA_OF[post])) for post in posts),
        "coldchain.vehicles": len(vehicles),
        "coldchain.vehicles_uncertified": sum(not each.data.get("certificate") for each in vehicles),
        **_of_batches(book, asked),
    }


def _of(asked: Asked, category: str) -> set[str]:
    return {place for place, area in AREA_OF.items() if CATEGORY_OF[place] == category and lies_in(area, asked.area)}


def _chiefs(store: str) -> dict[str, str]:
    """Who holds which of the three roles."""
    said = dict(each.split(":") for each in CHIEFS[store].split(";"))
    return {role: member for role, member in said.items() if role in ROLES}


def _three(store: str) -> bool:
    chiefs = _chiefs(store)
    return set(chiefs) == ROLES and len(set(chiefs.values())) == len(ROLES)


def _of_batches(book: Book, asked: Asked) -> dict[str, int]:
    arrived = {(each.place, each.data["batch"]): each for each in book.until(asked, ARRIVED)}
    decided = {(each.place, each.data["batch"]): each.data["outcome"] for each in book.until(asked, DECIDED)}
    ours = {batch: each for batch, each in arrived.items() if lies_in(each.area, asked.area)}
    lacking = set()
    for batch, each in ours.items():
        shown = {said.data["certificate"] for said in book.until(asked, SHOWN) if (said.place, said.data["batch"]) == batch}
        if each.data["imported"] and not shown | set(each.data.get("certificates", [])) >= IMPORTED:
            lacking.add(batch)
    return {
        "coldchain.batches": len({(each.place, each.data["batch"]) for each in book.counted(asked, ARRIVED)}),
        "coldchain.batches_open": sum(batch not in decided for batch in ours),
        "coldchain.batches_held": sum(decided.get(batch) == "held" for batch in ours),
        "coldchain.batches_released": sum(decided.get(batch) == "released" for batch in ours),
        "coldchain.batches_lacking": len(lacking),
        "coldchain.released_lacking": sum(decided.get(batch) == "released" for batch in lacking),
    }


def test_chiefs_are_those_named_last_until_a_file_says_others(places: None, tmp_path: Path):
    said = []
    _at(1, lambda: name_chiefs("CS2", {"enterprise": "W3"}, by="W1", reason="调整"))
    said.append((4, 1))  # in doubt: CS3, whose chief is no member
    _at(2, lambda: name_chiefs("CS1", {"industry": ""}, by="W1", reason="调离"))
    said.append((3, 2))
    _at(3, lambda: load_places(write_csv(tmp_path / "again.csv", HEADING, PLACES)))
    said.append((3, 2))  # the file says what it said before
    others = [(*row[:6], "territory:W2;industry:W1;enterprise:W9", "") if row[0] == "CS2" else row for row in PLACES]
    _at(4, lambda: load_places(write_csv(tmp_path / "others.csv", HEADING, others)))
    said.append((3, 3))
    heading = ("code", "name", "unit", "team", "role", "area")
    _at(5, lambda: load_members(write_csv(tmp_path / "members.csv", heading, [*MEMBERS_FILE, ("W9", "库管", "冷库", "", "", EAST)])))
    said.append((3, 1))

    assert [_chiefs_told(START + timedelta(hours=hours, minutes=30)) for hours in range(6)] == [(3, 2), *said]


def _at(hours: int, happens: Callable[[], object]) -> None:
    with clock.at(START + timedelta(hours=hours)):
        happens()


def _chiefs_told(as_of: datetime) -> tuple[Value, Value]:
    """How many stores have their three chiefs, and how many are in doubt, as known then."""
    question = Question(TOWN, START, START + timedelta(days=1), as_of)
    told = {each.name: each.rows(question).value() for one in sections() if one.name in SECTIONS for each in one.all_figures(question)}
    return told["coldchain.three_chiefs"], told["coldchain.stores_in_doubt"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_cold_chain_agrees(places: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_the_cold_chain_notices_a_lost_record(places: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_the_cold_chain_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
