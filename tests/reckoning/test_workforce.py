"""Workforce, reckoned by other hands: who stands where, what is needed there, orders, teams, volunteers."""

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import LOCAL, Asked, Book, Entry, local_day
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import PLACE_AREA, PLACE_CATEGORY, lies_in
from tests.town import START

SEEDS = range(5)
SECTIONS = ("workforce", "deployment", "orders_of_people", "teams", "volunteers")
POSTS = {"checkpoint": "checkpoint", "卡点查验": "checkpoint", "order": "order", "秩序维护": "order", "看井": "看井"}
SITES = ("CP1", "CP2", "CP3", "S1", "M1")
LASTS = timedelta(hours=36)
IN, OUT = "workforce.signed_in", "workforce.signed_out"
KINDS = (IN, OUT, *(f"deployment.{name}" for name in (
    "need_set", "ordered", "confirmed", "team_formed", "signed_up", "taken_on",
)))  # fmt: skip


def a_day(seed: int) -> Day:
    """People who sign in and out, or forget to; needs by the hour; orders, teams and volunteers."""
    day = Day(seed)
    for _ in range(14):
        day.say(IN, day.time(START - timedelta(hours=30)), place=day.one("", *SITES), post=day.one(*POSTS))
    for _ in range(6):
        day.say(OUT, day.time(), place=day.one("", *SITES))
    for _ in range(10):
        hours = day.one({}, {"from_hour": 20, "to_hour": 24}, {"from_hour": 0, "to_hour": 8}, {"from_hour": 8})
        place = day.one("CP1", "CP2", "S1", "M1")
        day.say("deployment.need_set", day.time(), place=place, post=day.one(*POSTS), number=day.one(0, 1, 2), **hours)
    for number in range(8):
        span = {"from_at": START.isoformat(), "to_at": (START + timedelta(hours=9)).isoformat()}
        day.say("deployment.ordered", day.time(), place=day.one(*SITES), order=f"A{number}", post="order", number=2, **span)
        day.say("deployment.confirmed", day.time(), order=f"A{number}", arrived=day.one(0, 1, 3))
    for _ in range(8):
        day.say("deployment.team_formed", day.time(), team=day.one("先锋队", "突击队", "服务队"), type="volunteer")
    sign_ups = [day.say("deployment.signed_up", day.time(), call="C1", name="李四") for _ in range(10)]
    for sign_up in day.random.sample(sign_ups, 6):
        for _ in range(day.one(1, 1, 2)):
            day.say("deployment.taken_on", day.time(), place="S1", sign_up=sign_up, call="C1", worker="W2")
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "deployment.need_set":
            return {"number": day.one(0, 1, 3)}
        case "deployment.confirmed":
            return {"arrived": day.one(1, 2)}
        case "workforce.signed_in":
            return {"post": day.one(*POSTS)}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Workforce and in the contract."""
    signed_in = book.counted(asked, IN)
    present, needs = _present(book, asked), _needs(book, asked)
    sites = {place for place, _ in needs}
    return {
        "workforce.people": len({each.member for each in signed_in}),
        "workforce.person_times": len({(each.member, each.place or each.area, local_day(each.when)) for each in signed_in}),
        "deployment.sites": len(sites),
        "deployment.short": len({place for (place, post), number in needs.items() if present[place, post] < number}),
        "deployment.empty": len({place for (place, post) in needs if not present[place, post]}),
        "deployment.orders": len(book.counted(asked, "deployment.ordered")),
        "deployment.arrived": sum(each.data["arrived"] for each in book.counted(asked, "deployment.confirmed")),
        "deployment.teams": len({each.data["team"] for each in book.counted(asked, "deployment.team_formed")}),
        "deployment.signed_up": len(book.counted(asked, "deployment.signed_up")),
        "deployment.taken_on": len({each.data["sign_up"] for each in book.counted(asked, "deployment.taken_on")}),
    }


def _present(book: Book, asked: Asked) -> Counter[tuple[str, str]]:
    """How many stand at each place and post."""
    latest: dict[str, Entry] = {each.member: each for each in book.until(asked, IN, OUT)}
    lasting = [each for each in latest.values() if each.kind == IN and asked.end - each.when <= LASTS]
    return Counter((each.place, POSTS[each.data["post"]]) for each in lasting)


def _needs(book: Book, asked: Asked) -> dict[tuple[str, str], int]:
    """How many each place of the area needs at each post."""
    said: dict[tuple[str, str, int, int], int] = {}
    for each in book.until(asked, "deployment.need_set"):
        hours = each.data.get("from_hour", 0), each.data.get("to_hour", 24)
        said[each.place, POSTS[each.data["post"]], *hours] = each.data["number"]
    said = {key: number for key, number in said.items() if number}
    hour = (asked.end + LOCAL).hour
    needs: dict[tuple[str, str], int] = defaultdict(int)
    for (place, post, since, until), number in said.items():
        needs[place, post] += number if since <= hour < until else 0
    stand_at = {place for place, _ in _present(book, asked)}
    lately = [each for each in book.until(asked, IN) if each.when > asked.end - timedelta(days=3) and _lies(each, asked.area)]
    for place, category in PLACE_CATEGORY.items():
        if category == "checkpoint" and place not in {each[0] for each in said} and lately and place not in stand_at:
            needs[place, "checkpoint"] = 1
    return {each: number for each, number in needs.items() if number and lies_in(PLACE_AREA[each[0]], asked.area)}


def _lies(entry: Entry, area: str) -> bool:
    return lies_in(PLACE_AREA[entry.place] if entry.place else entry.area, area)


@pytest.mark.parametrize("seed", SEEDS)
def test_workforce_agrees(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_workforce_notices_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_workforce_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
