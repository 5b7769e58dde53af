"""Sector checks, reckoned by other hands: which places of the rounds were checked for their sector, and what was found."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.reckoning.public.places import AREA_OF, CATEGORY_OF
from tests.town import EAST, START, TOWN, WEST, campaign

SEEDS = range(3)
SECTIONS = ("sectors",)
CHECKED = "sectors.checked"
# The rounds: their sector, of which area and categories, from and to when.
ROUNDS: tuple[tuple[str, str, tuple[str, ...], datetime, datetime], ...] = (
    ("food", TOWN, ("shop", "market"), START - timedelta(hours=20), START + timedelta(hours=30)),
    ("food", EAST, ("shop", "cold_store"), START + timedelta(hours=10), START + timedelta(days=2)),
    ("medicine", TOWN, ("village_clinic", "hospital"), START, START + timedelta(hours=40)),
    ("special_equipment", WEST, ("cold_store", "shop"), START - timedelta(hours=30), START + timedelta(hours=1)),
)
PLACES = ("S1", "S2", "M1", "CS1", "CS2", "CS3", "HP1", "VC1", "VC2", "CP1")
SECTORS = ("food", "food", "medicine", "special_equipment")


def a_day(seed: int) -> Day:
    """Checks before, in and after the rounds, of places of theirs and of others, for every sector."""
    day = Day(seed)
    for _ in range(30):
        day.say(CHECKED, day.time(START - timedelta(hours=30)), place=day.one(*PLACES), **_check(day))
    day.put_right((CHECKED,), lambda event: _check(day))
    return day


def _check(day: Day) -> Record:
    return {"sector": day.one(*SECTORS), "problems": day.one(None, None, ["过期食品"], ["叉车未年检", "无证"])}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Sector checks."""
    due = checked = with_problems = 0
    for sector, area, categories, start, end in ROUNDS:
        if start < asked.end and asked.start < end:
            ours = {place for place, category in CATEGORY_OF.items() if category in categories and lies_in(AREA_OF[place], area)}
            ours = {place for place in ours if lies_in(AREA_OF[place], asked.area)}
            checks = [each for each in book.until(asked, CHECKED) if each.data["sector"] == sector and start <= each.when < end]
            due += len(ours)
            checked += len({each.place for each in checks} & ours)
            with_problems += len({each.place for each in checks if each.data.get("problems")} & ours)
    return {
        "sectors.due": due, "sectors.checked": checked, "sectors.gap": due - checked, "sectors.with_problems": with_problems,
    }  # fmt: skip


@pytest.fixture
def rounds(places: None) -> None:
    """The county with these rounds."""
    with clock.at(START - timedelta(days=1)):
        for number, (sector, area, categories, start, end) in enumerate(ROUNDS):
            span = {"area": area, "from": start, "to": end}
            plan(campaign(f"check-{number}", f"sectors.{sector}", {"category": list(categories)}, **span))


@pytest.mark.parametrize("seed", SEEDS)
def test_sector_checks_agree(rounds: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_sector_checks_notice_a_lost_record(rounds: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_sector_checks_are_not_the_agreement_of_nothing():
    assert not without_weight((CHECKED,), reckon, [a_day(seed) for seed in SEEDS])
