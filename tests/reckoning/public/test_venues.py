"""Venues, reckoned by other hands: their entrances, what hangs there, who registers how, who was turned away."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import PEOPLE, lies_in
from tests.reckoning.public.places import AREA_OF, CATEGORY_OF
from tests.town import EAST, START, TOWN, campaign

SEEDS = range(3)
SECTIONS = ("venues", "venueregister", "venueentries")
CATEGORIES = {
    "shop", "supermarket", "market", "restaurant", "hotel", "pharmacy", "clinic", "hospital", "entertainment", "training", "school", "bank",
    "station", "compound", "test_site", "cold_store",
}  # fmt: skip
SET, LOOKED, PATROLLED, ENTERED = "venues.entrance_set", "venues.entrance_checked", "venues.patrolled", "venues.entered"
KINDS = (SET, LOOKED, PATROLLED, ENTERED)
VISITED = ("S1", "S2", "M1", "CS1", "HP1", "CP1", "VC1")
# The patrols: of which area and categories, from and to when.
PATROLS = (
    (TOWN, ("shop", "market"), START, START + timedelta(days=2)),
    (EAST, ("shop", "checkpoint"), START + timedelta(hours=10), START + timedelta(hours=30)),
)
GATES = (None, "北门", "南门")
BEFORE = START - timedelta(hours=12)


def a_day(seed: int) -> Day:
    """Entrances that open and close, looks at them, patrols of whole places, entries by every way."""
    day = Day(seed)
    for _ in range(16):
        day.say(SET, day.time(BEFORE), place=day.one(*VISITED), **_entrance(day))
    for _ in range(24):
        day.say(LOOKED, day.time(BEFORE), place=day.one(*VISITED), **_look(day))
    for _ in range(16):
        day.say(PATROLLED, day.time(BEFORE), place=day.one(*VISITED, "S2"), **_patrol(day))
    for _ in range(60):
        day.say(ENTERED, day.time(), place=day.one(*VISITED), person=day.one("", *PEOPLE), **_entry(day))
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _entrance(day: Day) -> Record:
    closed = {"state": "closed", "reason": "封控"}
    return {"entrance": day.one(*GATES), **day.one({"state": "in_use"}, {"state": "in_use"}, closed)}


def _look(day: Day) -> Record:
    return {"entrance": day.one(*GATES), "posted": day.chance(0.6), "by_hand": day.chance(0.5)}


def _patrol(day: Day) -> Record:
    problems = day.one(None, None, None, ["无人值守"])
    return {"code_posted": day.chance(0.7), "scanning": day.chance(0.8), "masks": day.chance(0.5), "problems": problems}


def _entry(day: Day) -> Record:
    refused = {"decision": day.one("turned_away", "referred"), "refused_for": day.one("fever", "order", "full"), "reason": "已劝返"}
    codes = {"colour": day.one("green", "yellow", "none"), "travel_card": day.one("clear", "marked", "none")}
    return {
        "way": day.one("scanned", "shown", "paper", "id_card"), "helped": day.one(None, False, True), "entrance": day.one(*GATES),
        "colour": None, "travel_card": None, "decision": None, "refused_for": None,
        **day.one({}, codes), **day.one({}, {"decision": "admitted"}, refused),
    }  # fmt: skip


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "venues.entrance_set":
            return _entrance(day)
        case "venues.entrance_checked":
            return _look(day)
        case "venues.patrolled":
            return _patrol(day)
    return _entry(day)


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Venues."""
    gates = _entrances(book, asked)
    posted: dict[tuple[str, str], bool] = {}
    by_hand: dict[tuple[str, str], bool] = {}
    for each in book.until(asked, LOOKED, PATROLLED):
        for gate in gates:
            if each.place == gate[0] and each.kind == PATROLLED:
                posted[gate] = each.data["code_posted"]
            elif (each.place, each.data.get("entrance", "")) == gate:
                posted[gate], by_hand[gate] = each.data["posted"], each.data["by_hand"]
    entered = book.counted(asked, ENTERED)
    let_in = [each for each in entered if each.data.get("decision", "admitted") == "admitted"]
    return {
        **_patrols(book, asked),
        "venues.registered": len({place for place, _ in gates}),
        "venues.entrances": len(gates),
        "venues.posted": sum(posted.values()),
        "venues.not_posted": len(gates) - sum(posted.values()),
        "venues.by_hand": sum(by_hand.values()),
        "venues.not_by_hand": sum(not says for says in by_hand.values()),
        "venues.entries": len(let_in),
        "venues.entries_by_code": sum(each.data["way"] in ("scanned", "shown") for each in let_in),
        "venues.entries_by_hand": sum(each.data["way"] in ("paper", "id_card") for each in let_in),
        "venues.entries_helped": sum(each.data.get("helped", False) for each in let_in),
        "venues.entries_refused": len(entered) - len(let_in),
        "venues.entries_two_codes": sum("colour" in each.data and "travel_card" in each.data for each in entered),
    }


def _patrols(book: Book, asked: Asked) -> dict[str, int]:
    """The patrols that overlap what is asked, each for itself."""
    due = patrolled = with_problems = 0
    for area, categories, start, end in PATROLS:
        if not (start < asked.end and asked.start < end):
            continue
        ours = [place for place in AREA_OF if CATEGORY_OF[place] in categories and lies_in(AREA_OF[place], area)]
        ours = [place for place in ours if lies_in(AREA_OF[place], asked.area)]
        visits = [each for each in book.until(asked, PATROLLED) if start <= each.when < end and each.place in ours]
        due += len(ours)
        patrolled += len({each.place for each in visits})
        bad = [each for each in visits if not (each.data["code_posted"] and each.data["scanning"]) or each.data.get("problems")]
        with_problems += len({each.place for each in bad})
    return {
        "venues.due": due, "venues.patrolled": patrolled, "venues.gap": due - patrolled, "venues.with_problems": with_problems,
    }  # fmt: skip


def _entrances(book: Book, asked: Asked) -> list[tuple[str, str]]:
    """The entrances in use of the venues of the area, each with its place."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for each in book.until(asked, SET):
        said[each.place][each.data.get("entrance", "")] = each.data["state"]
    ours = [place for place, area in AREA_OF.items() if CATEGORY_OF[place] in CATEGORIES and lies_in(area, asked.area)]
    return [(place, gate) for place in ours for gate, state in said.get(place, {"": "in_use"}).items() if state == "in_use"]


@pytest.fixture
def patrols(places: None) -> None:
    """The county with these patrols."""
    with clock.at(START - timedelta(days=1)):
        for area, categories, start, end in PATROLS:
            targets = {"category": list(categories)}
            plan(campaign(f"patrol-{area}", "venues.patrol", targets, **{"area": area, "from": start, "to": end}))


@pytest.mark.parametrize("seed", SEEDS)
def test_venues_agree(patrols: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_venues_notice_a_lost_record(patrols: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_venues_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
