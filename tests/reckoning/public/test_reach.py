"""Whom the word reached, reckoned by other hands: households by the ways they were told; rumours and their answers."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOOR_AREA, DOORS, VILLAGES, lies_in
from tests.town import EAST

SEEDS = range(3)
SECTIONS = ("reach", "rumours")
VISIT, PHONED, TOLD = "doorknock.visited", "doorknock.phoned", "outreach.household_told"
HEARD, ANSWERED = "outreach.rumour_heard", "outreach.rumour_answered"
KINDS = (VISIT, PHONED, TOLD, HEARD, ANSWERED)
WAYS = ("visit", "leaflet", "message", "talk")
REACH = timedelta(days=30)
ANSWER_WITHIN = timedelta(hours=24)
OUTCOMES = ("met", "met", "absent", "refused", "moved", "vacant")


def a_day(seed: int) -> Day:
    """Visits, calls and words of now and of a month ago, to households of the roster and to some that were found; rumours."""
    day = Day(seed)
    day.say("registry.merged", day.time(), EAST, household="H4", canonical="J6", reference="household")
    found = [day.say("registry.found", day.time(), what="household", landmark="旧船坞") for _ in range(4)]
    day.say("registry.merged", day.time(), EAST, household=f"found:{found[0]}", canonical=day.one("J1", "H5"), reference="household")
    day.found_person(household=day.one(*DOORS))
    doors = [*DOORS, *(f"found:{each}" for each in found)]
    for _ in range(16):
        visit = {"outcome": day.one(*OUTCOMES), "leaflet": day.one(None, False, True)}
        day.say(VISIT, day.time() - _ago(day), household=day.one(*doors), **visit)
    for _ in range(8):
        whom = day.one({"household": day.one(*doors)}, {"household": day.one(*doors), "person": "P1"}, {"person": "P1"})
        day.say(PHONED, day.time() - _ago(day), outcome=day.one("reached", "reached", "no_answer"), **whom)
    for _ in range(10):
        day.say(TOLD, day.time() - _ago(day), household=day.one(*doors), way=day.one(*WAYS[1:]))
    rumours: list[str] = []
    for _ in range(16):
        again = day.one(None, None, None, *rumours[:1])
        rumours.append(day.say(HEARD, day.time(), words="要封路了", heard_on="chat", same_as=again))
    for rumour in rumours[:6]:
        day.correct(day.correct(rumour))  # the first correction may come after the second
    for rumour in [*day.random.sample(rumours, 8), day.one(*rumours), day.code()]:
        day.say(ANSWERED, day.time(), rumour=rumour, text_id="1号", version=1)
    day.put_right((*KINDS, "registry.found"), lambda event: _better(day, event))
    return day


def _ago(day: Day) -> timedelta:
    return timedelta(days=day.one(0, 0, 28, 29, 30))


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "doorknock.visited":
            return {"outcome": day.one(*OUTCOMES), "leaflet": day.one(None, True)}
        case "registry.found":
            return {"area": day.one(*VILLAGES)}
        case "doorknock.phoned":
            return {"outcome": day.one("reached", "wrong_number")}
        case "outreach.household_told":
            return {"way": day.one(*WAYS[1:])}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Telling the public."""
    due = _households(book, asked)
    reached = {way: _reached(book, asked, way) & due for way in WAYS}
    by_any = set().union(*reached.values())
    heard = [each for each in book.until(asked, HEARD) if "same_as" not in each.data and lies_in(each.area, asked.area)]
    rumours = {book.root(each.id): each for each in heard}
    answers = book.until(asked, ANSWERED)
    answered = {each.data["rumour"] for each in answers}
    waiting = [each for code, each in rumours.items() if code not in answered]
    return {
        "outreach.reach_due": len(due),
        "outreach.reach_reached": len(by_any),
        "outreach.reach_gap": len(due - by_any),
        **{f"outreach.reach_{way}": len(households) for way, households in reached.items()},
        "outreach.rumours_heard": sum(asked.start <= each.when for each in heard),
        "outreach.rumours_answered": len({each.data["rumour"] for each in answers if asked.start <= each.when} & set(rumours)),
        "outreach.rumours_open": len(waiting),
        "outreach.rumours_late": sum(each.when <= asked.end - ANSWER_WITHIN for each in waiting),
    }


def _households(book: Book, asked: Asked) -> set[str]:
    """Those of the area who were merged into no other and still live there."""
    one = book.one_code(asked)
    found = {f"found:{book.root(each.id)}" for each in book.until(asked, "registry.found") if each.data["what"] == "household"}
    latest = {one(each.household): each.data["outcome"] for each in book.until(asked, VISIT)}
    left = {door for door, outcome in latest.items() if outcome in ("moved", "vacant")}
    return {door for door in (*DOOR_AREA, *found) if one(door) == door and lies_in(book.home(door, asked), asked.area)} - left


def _reached(book: Book, asked: Asked, way: str) -> set[str]:
    one = book.one_code(asked)
    said = [each for each in book.until(asked, VISIT, PHONED, TOLD) if asked.end - REACH <= each.when and each.household]
    return {one(each.household) for each in said if way in _ways(each)}


def _ways(each: Entry) -> set[str]:
    """The ways by which the record reaches its household."""
    if each.kind == TOLD:
        return {each.data["way"]}
    if each.kind == PHONED:
        return {"talk"} if each.data["outcome"] == "reached" else set()
    return {way for way, is_so in (("visit", each.data["outcome"] == "met"), ("leaflet", each.data.get("leaflet"))) if is_so}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reach_agrees(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_the_reach_notices_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_the_reach_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
