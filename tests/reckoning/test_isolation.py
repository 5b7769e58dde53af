"""Isolation, reckoned by other hands: orders that end, transfers, rooms, readings, objections."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_day, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import PLACE_AREA, PLACE_CATEGORY, lies_in
from tests.town import START

SEEDS = range(5)
MEASURES = ("central", "home", "home_monitor")
DUE_BY = {"morning": 10, "evening": 20}
OBJECTION_WITHIN = timedelta(hours=24)
KINDS = tuple(f"isolation.{name}" for name in (
    "ordered", "released", "transferred", "room_set", "room_given", "checked", "objected", "objection_decided",
))  # fmt: skip


def a_day(seed: int) -> Day:
    """Orders that end by themselves or by a release, and all that happens to who is under one."""
    day = Day(seed)
    people = day.people()
    for _ in range(26):
        day.say("isolation.ordered", day.time(START - timedelta(hours=20)), person=day.one(*people), **_order(day))
    for _ in range(5):
        day.say("isolation.released", day.time(), person=day.one(*people), reason="期满")
    for _ in range(16):
        stage = day.one("requested", "left", "arrived", "arrived")
        day.say("isolation.transferred", day.time(), person=day.one(*people), stage=stage, **_way(day))
    for _ in range(10):
        day.say("isolation.room_set", day.time(), place=day.one("ISO1", "ISO2", "S1"), room=day.one("301", "302"), **_room(day))
    for _ in range(5):
        day.say("isolation.room_given", day.time(), person=day.one(*people), place=day.one("ISO1", "ISO2", "S1"), room="301")
    for _ in range(60):
        day.say("isolation.checked", day.time(), person=day.one(*people), temperature=36.5, period=day.one(None, "morning", "evening"))
    objections = [day.say("isolation.objected", day.time(), person=day.one(*people), words="本人未去过") for _ in range(10)]
    for objection in objections[:4]:
        day.correct(day.correct(objection))  # the first correction may come after the second
    for objection in day.random.sample(objections, 4):
        said = day.by_id[objection]
        day.say(
            "isolation.objection_decided", day.time(said[1]), person=said[2]["person"], objection=objection, outcome="upheld", reason="属实"
        )
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _order(day: Day) -> Record:
    until = (
        day.time(START + timedelta(hours=10)).isoformat()
        if day.chance(0.5)
        else day.one("2022-03-18", "2022-03-19", "2022-03-20", "2022-03-25")
    )
    return {
        "measure": day.one(*MEASURES), "rule": "close", "evidence": [day.code()], "until": until, "told": "paper", "other_end": "另有安排",
    }  # fmt: skip


def _way(day: Day) -> Record:
    to = day.one("ISO1", "ISO2", None)
    return {"to": to, "place": day.one("ISO1", "ISO2") if to is None else day.one("ISO1", "ISO2", None)}


def _room(day: Day) -> Record:
    return {"beds": day.one(1, 2, 4), **({"state": "closed", "reason": "漏水"} if day.chance(0.25) else {"state": "in_use"})}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "isolation.ordered":
            return _order(day)
        case "isolation.transferred":
            return {"stage": day.one("left", "arrived"), **_way(day)}
        case "isolation.room_set":
            return {"reason": "更正", **_room(day)}
        case "isolation.checked":
            return {"period": day.one("morning", "evening")}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Isolation."""
    one = book.one_code(asked)
    steps: dict[str, list[Entry]] = {}
    for each in book.until(asked, *KINDS):
        if each.person:
            steps.setdefault(one(each.person), []).append(each)
    ours = {person: said for person, said in steps.items() if lies_in(book.home(person, asked), asked.area)}
    orders = {person: order for person, said in ours.items() if (order := _order_of(said))}
    under = {person: order for person, order in orders.items() if asked.end < _end(order)}
    pairs = list(_due(under, asked.end))
    places = [_place_of(said) for said in steps.values()]
    objections = {book.root(each.id): each for said in ours.values() for each in said if each.kind == "isolation.objected"}
    decided = {each.data["objection"] for each in book.until(asked, "isolation.objection_decided")}
    undecided = [each for code, each in objections.items() if code not in decided]
    return {
        **{f"isolation.{measure}": sum(order.data["measure"] == measure for order in under.values()) for measure in MEASURES},
        "isolation.transfers_open": sum(_last_stage(said) in ("requested", "left") for said in ours.values()),
        "isolation.beds": _beds(book, asked),
        "isolation.inside": sum(_is_site(place, asked.area) for place in places),
        "isolation.readings_due": len(pairs),
        "isolation.readings_made": sum((person, period) in _made(steps, asked.end) for person, period in pairs),
        "isolation.overdue_release": sum(_end(order) <= asked.end for order in orders.values()),
        "isolation.objections_open": len(undecided),
        "isolation.objections_late": sum(asked.end - each.when >= OBJECTION_WITHIN for each in undecided),
        "isolation.transferred": len(
            {one(each.person) for each in book.counted(asked, "isolation.transferred") if each.data["stage"] == "arrived"}
        ),
        "isolation.released": len({one(each.person) for each in book.counted(asked, "isolation.released")}),
    }


def _order_of(said: list[Entry]) -> Entry | None:
    latest = [each for each in said if each.kind in ("isolation.ordered", "isolation.released")]
    return latest[-1] if latest and latest[-1].kind == "isolation.ordered" else None


def _end(order: Entry) -> datetime:
    until = order.data["until"]
    return datetime.fromisoformat(until) if "T" in until else local_time(date.fromisoformat(until) + timedelta(days=1))


def _due(under: dict[str, Entry], end: datetime) -> Iterator[tuple[str, str]]:
    today = local_day(end - timedelta(microseconds=1))
    for person, order in under.items():
        for period, hour in DUE_BY.items():
            if order.when < local_time(today, hour) <= end:
                yield person, period


def _made(steps: dict[str, list[Entry]], end: datetime) -> set[tuple[str, str]]:
    today = local_day(end - timedelta(microseconds=1))
    return {
        (person, each.data.get("period") or ("morning" if each.when < local_time(today, 12) else "evening"))
        for person, said in steps.items()
        for each in said
        if each.kind == "isolation.checked" and local_day(each.when) == today
    }


def _last_stage(said: list[Entry]) -> str:
    return next((each.data["stage"] for each in reversed(said) if each.kind == "isolation.transferred"), "")


def _place_of(said: list[Entry]) -> str:
    place = ""
    for each in said:
        stage = each.data.get("stage")
        if stage == "arrived":
            place = each.data.get("to") or each.place
        elif each.kind == "isolation.room_given":
            place = each.place
        elif each.kind == "isolation.released" or (stage == "left" and each.data.get("to") != place):
            place = ""
    return place


def _is_site(place: str, area: str) -> bool:
    return PLACE_CATEGORY.get(place) == "isolation_site" and lies_in(PLACE_AREA[place], area)


def _beds(book: Book, asked: Asked) -> int:
    rooms = {(each.place, each.data["room"]): each for each in book.until(asked, "isolation.room_set")}
    return sum(each.data["beds"] for each in rooms.values() if each.data["state"] == "in_use" and _is_site(each.place, asked.area))


@pytest.mark.parametrize("seed", SEEDS)
def test_isolation_agrees(county: None, seed: int):
    assert not disagreements(("isolation",), reckon, a_day(seed))


def test_isolation_notices_a_lost_record(county: None):
    assert shown_by_a_loss(("isolation",), reckon, a_day(0))


def test_isolation_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
