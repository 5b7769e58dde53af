"""Controls, squares and checkpoints, reckoned by other hands: what is suspended, guarded, open and equipped."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.reckoning.enforcing.ordered import LAW, a_span, near, ordered
from tests.reckoning.facts import PLACE_AREA, PLACE_CATEGORY, VILLAGES, lies_in
from tests.town import START, TOWN

SEEDS = range(3)
SECTIONS = ("controls", "equipment")
CONTROLS = ("K-1", "K-2", "K-3", "K-4", "K-5")
SORTS = {"suspension": "fair", "traffic": "one_way", "crowded": "bath"}
GUARD_EVERY = timedelta(hours=4)
CHECKPOINTS = ("CP1", "CP2", "CP3")
KINDS = (
    "controls.ordered", "controls.lifted", "controls.guarded", "checkpoints.post_set", "supplies.stock_moved", "supplies.minimum_set",
)  # fmt: skip


def a_day(seed: int) -> Day:
    """Controls that are ordered, changed and lifted; squares that are guarded; checkpoints that open, close and lack things."""
    day = Day(seed)
    for number in range(16):
        control = {"control": CONTROLS[number % 5], "where": "全村", **_sort(day)}
        day.say("controls.ordered", day.time(START - timedelta(hours=20)), day.one(TOWN, *VILLAGES), **control, **LAW, **a_span(day))
    for _ in range(4):
        day.say("controls.lifted", day.time(), control=day.one(*CONTROLS), reason="恢复开放")
    for _ in range(12):
        day.say("controls.guarded", day.time(), place=day.one("SQ1", "SQ2", "S1"), **_guarded(day))
    for square in ("SQ1", "SQ2"):
        day.say("controls.guarded", day.time(START + timedelta(hours=8), START + timedelta(hours=16)), place=square, **_guarded(day))
    for _ in range(6):
        day.say("checkpoints.post_set", day.time(), place=day.one(*CHECKPOINTS[1:], "S1"), **_post(day))
        day.say("supplies.minimum_set", day.time(), place=day.one(*CHECKPOINTS), item="口罩", quantity=day.one(0, 6, 20))
        day.say(
            "supplies.stock_moved", day.time(), place=day.one(*CHECKPOINTS), item=day.one("口罩", "口罩 "), reason="received", quantity=9
        )
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _sort(day: Day) -> Record:
    sort = day.one(*SORTS)
    return {"sort": sort, "what": SORTS[sort]}


def _guarded(day: Day) -> Record:
    return {"way": day.one("fixed", "roving"), "people": 2, "dispersed": day.one(None, 0, 1, 3)}


def _post(day: Day) -> Record:
    return {"type": day.one("wharf", "county_road"), **day.one({"state": "open"}, {"state": "closed", "reason": "道路封闭"})}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "controls.ordered":
            return {**a_span(day), **_sort(day)}
        case "controls.guarded":
            return _guarded(day)
        case "checkpoints.post_set":
            return {"reason": "更正", **_post(day)}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Controls and closures and The register of checkpoints."""
    return {**_controls(book, asked), **_posts(book, asked)}


def _controls(book: Book, asked: Asked) -> dict[str, Any]:
    in_force = [each.order for _, each in ordered(book, asked, "controls", "control") if each.in_force]
    touching = Counter(each.data["sort"] for each in in_force if near(each.area, asked.area))
    suspended = [each.area for each in in_force if each.data["sort"] == "suspension"]
    guarded = book.counted(asked, "controls.guarded")
    lately = {each.place for each in book.until(asked, "controls.guarded") if each.when > asked.end - GUARD_EVERY}
    squares = [area for place, area in PLACE_AREA.items() if PLACE_CATEGORY[place] == "square" and place not in lately]
    return {
        "controls.suspensions": touching["suspension"],
        "controls.traffic": touching["traffic"],
        "controls.crowded": touching["crowded"],
        **{f"controls.{way}": len({each.place for each in guarded if each.data["way"] == way}) for way in ("fixed", "roving")},
        "controls.dispersed": sum(each.data.get("dispersed", 0) for each in guarded),
        "controls.unguarded": sum(lies_in(area, asked.area) and any(lies_in(area, one) for one in suspended) for area in squares),
    }


def _posts(book: Book, asked: Asked) -> dict[str, Any]:
    ours = {place for place in CHECKPOINTS if lies_in(PLACE_AREA[place], asked.area)}
    latest = {each.place: each.data for each in book.until(asked, "checkpoints.post_set")}
    open_now = {place for place in ours if latest.get(place, {}).get("state") != "closed"}
    least = {each.place: each.data["quantity"] for each in book.until(asked, "supplies.minimum_set")}
    stock: Counter[str] = Counter()
    for each in book.until(asked, "supplies.stock_moved"):
        stock[each.place] += each.data["quantity"]
    return {
        "checkpoints.posts": len(open_now),
        "checkpoints.untyped": len(ours - set(latest)),
        "checkpoints.lacking": sum(least.get(place, 0) > 0 and stock[place] < least[place] for place in open_now),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_controls_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_controls_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_controls_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
