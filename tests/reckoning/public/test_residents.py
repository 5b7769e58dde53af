"""What residents send by themselves, reckoned by other hands: requests by card and poster, what was done for them, who has a card."""

from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOORS, VILLAGES, lies_in
from tests.town import EAST, GRID, START

SEEDS = range(3)
SECTIONS = ("residents",)
ISSUED, REVOKED = "residents.card_issued", "residents.card_revoked"
REQUESTS = {
    "declared": "returnees.declared", "help": "care.help_requested", "ordered": "supplies.ordered", "objected": "isolation.objected",
}  # fmt: skip
KINDS = (ISSUED, REVOKED, *REQUESTS.values())
# Two cards and a poster, somebody who does it for others, and two phones of the village.
DEVICES = {"D1": "resident:7E67", "D2": "helper:ana", "D4": "resident:P-0012", "D5": "resident:01AB"}


class Sent(Day):
    """A day of which some was sent by residents, and some by a worker for them."""

    def pushes(self) -> list[Record]:
        """The pushes, by the cards, posters and helpers that sent them."""
        return [{**push, "device": DEVICES.get(push["device"], push["device"])} for push in super().pushes()]


def a_day(seed: int) -> Day:
    """Returns, calls for help, orders and objections; cards that are issued, lost and issued again."""
    day = Sent(seed)
    day.say("registry.merged", day.time(), EAST, household="H4", canonical="J6", reference="household")
    found = day.say("registry.found", day.time(), what="household", landmark="旧船坞")
    day.say("registry.merged", day.time(), GRID, household=f"found:{found}", canonical=day.one("J1", "H5"), reference="household")
    doors = (*DOORS, f"found:{found}")
    for _ in range(9):
        door = day.one(*doors)
        declared = {"name": "李四", "origin": "310000", "arrived_at": "2022-03-17"}
        day.say("returnees.declared", day.time(), household=door, **declared)
        day.say("care.help_requested", day.time(), household=day.one("", door), matter="food", urgency="normal")
        day.say("supplies.ordered", day.time(), household=door, pack="meat", quantity=day.one(1, 2))
        day.say("isolation.objected", day.time(), household=door, person=day.one("P1", "Q5"), words="本人未去过")
    for _ in range(16):
        day.say(ISSUED, day.time(), household=day.one(*doors), card="7E67")
    for _ in range(10):
        day.say(REVOKED, day.time(START), household=day.one(*doors), card="7E67")
    day.put_right(KINDS, lambda event: {"area": day.one(*VILLAGES)})
    return day


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Residents."""
    one = book.one_code(asked)
    latest: dict[str, Entry] = {}
    for each in book.until(asked, ISSUED, REVOKED):
        if lies_in(each.area, asked.area):
            latest[one(each.household)] = each
    return {
        **{f"residents.requests.{name}": len(_sent(book, asked, "resident:", kind)) for name, kind in REQUESTS.items()},
        "residents.helped": len(_sent(book, asked, "helper:", *REQUESTS.values())),
        "residents.cards": sum(each.kind == ISSUED for each in latest.values()),
    }


def _sent(book: Book, asked: Asked, by: str, *kinds: str) -> list[Entry]:
    return [each for each in book.counted(asked, *kinds) if each.device.startswith(by)]


@pytest.mark.parametrize("seed", SEEDS)
def test_residents_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_residents_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_residents_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
