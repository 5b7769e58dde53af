"""Care and help, reckoned by other hands: who needs care, when they were seen, what was asked for and closed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOOR, DOORS, MORE_PEOPLE, lies_in
from tests.town import START

SEEDS = range(5)
SECTIONS = ("care", "helping")
VISIT_EVERY = {"living_alone": 3, "immobile": 2, "disabled": 7, "homeless": 1, "no_phone": 7, "other": 7}
WITHIN = {"emergency": 1, "urgent": 4, "normal": 24}
URGENT_WORDS = ("急", "断药", "透析", "孕", "临产", "胸痛", "奶粉", "婴儿", "晕")
WRITTEN = {
    "living_alone": ("独居", "空巢"), "immobile": ("行动不便", "卧床", "瘫", "失能"), "disabled": ("残",),
    "homeless": ("流浪", "居无定所", "无家"), "no_phone": ("无手机", "无智能手机", "不会用手机"),
}  # fmt: skip
SAID = tuple(f"care.{name}" for name in (
    "tagged", "visited", "help_requested", "help_closed", "help_asked_again", "referred", "referral_answered",
))  # fmt: skip
KINDS = (*SAID, "doorknock.visited")


def a_day(seed: int) -> Day:
    """Tags set and taken away, visits with needs, requests that are closed and asked again, referrals."""
    day = Day(seed)
    people = [*day.people(), day.found_person(category="no_fixed_home", household=day.one(*DOORS))]
    for _ in range(16):
        state = {"state": "set"} if day.chance(0.6) else {"state": "removed", "reason": "已好转"}
        day.say("care.tagged", day.time(), person=day.one(*people), tag=day.one(*VISIT_EVERY), **state)
    for _ in range(24):
        whom = {"household": day.one(*DOORS)} if day.chance(0.3) else {"person": day.one(*people)}
        needs = day.one(None, None, ["缺降压药"], ["断药两天", "要人做饭"])
        long_ago = START - timedelta(days=day.one(0, 0, 1, 4))
        day.say("care.visited", day.time(long_ago), outcome=day.one("met", "met", "absent", "refused"), needs=needs, **whom)
    for _ in range(5):
        day.say("doorknock.visited", day.time(), household=day.one(*DOORS), outcome="met", needs=day.one(None, ["婴儿要奶粉"], ["修水管"]))
    requests = [
        day.say("care.help_requested", day.time(), person=day.one("", *people), matter="food", urgency=day.one(*WITHIN)) for _ in range(24)
    ]
    for request in requests:
        since = day.by_id[request][1]
        for _ in range(day.one(0, 1, 1, 2)):
            day.say("care.help_closed", day.time(since), request=request, outcome=day.one("helped", "referred"))
        for _ in range(day.one(0, 0, 1)):
            day.say("care.help_asked_again", day.time(since), request=request)
    referrals = [day.say("care.referred", day.time(), person=day.one(*people), to="civil_affairs") for _ in range(8)]
    for referral in day.random.sample(referrals, 4):
        day.say("care.referral_answered", day.time(day.by_id[referral][1]), referral=referral, outcome=day.one("accepted", "declined"))
    day.put_right(SAID, lambda event: _better(day, event))
    return day


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "care.tagged":
            return {"tag": day.one(*VISIT_EVERY), "state": day.one("set", "removed")}
        case "care.visited":
            return {"outcome": day.one("met", "absent")}
        case "care.help_requested":
            return {"urgency": day.one(*WITHIN)}
    return {}


@dataclass(frozen=True)
class Request:
    """Something that was asked for."""

    code: str
    area: str
    when: datetime
    hours: int


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Care."""
    due = {person: min(VISIT_EVERY[tag] for tag in tags) for person, tags in _tagged(book, asked).items() if tags}
    seen = {person: _last_seen(book, asked, person) for person in due}
    requests = [each for each in _requests(book, asked) if lies_in(each.area, asked.area)]
    before = {each.code: each for each in requests if each.when < asked.end}.values()
    open_since = {each: since for each in before if (since := _open_since(book, asked, each))}
    answered = {each.data["referral"] for each in book.until(asked, "care.referral_answered")}
    referred = [each for each in book.until(asked, "care.referred") if lies_in(each.area, asked.area)]
    return {
        "care.people": len(due),
        "care.due": len(due),
        "care.gap": sum(seen[one] is None or asked.end - seen[one] > timedelta(days=days) for one, days in due.items()),
        "care.visits": len(book.counted(asked, "care.visited")),
        "care.help_asked": sum(asked.start <= each.when < asked.end for each in requests),
        "care.help_closed": len(book.counted(asked, "care.help_closed")),
        "care.help_open": len(open_since),
        "care.help_late": sum(since + timedelta(hours=each.hours) <= asked.end for each, since in open_since.items()),
        "care.referrals_open": sum(book.root(each.id) not in answered for each in referred),
    }


def _tagged(book: Book, asked: Asked) -> dict[str, set[str]]:
    """The tags of everybody of the area."""
    one = book.one_code(asked)
    tags: dict[str, set[str]] = defaultdict(set)
    for code, _, _, alone, immobile, key, category in MORE_PEOPLE:
        tags[one(code)] |= {tag for tag, words in WRITTEN.items() if any(word in key for word in words)}
        tags[one(code)] |= {tag for tag, says in (("living_alone", alone), ("immobile", immobile)) if says}
        tags[one(code)] |= {"homeless"} if category else set()
    for each in book.until(asked, "registry.found"):
        if each.data.get("category") == "no_fixed_home":
            tags[one(f"found:{each.id}")].add("homeless")
    for each in book.until(asked, "care.tagged"):
        said = tags[one(each.person)]
        said.add(each.data["tag"]) if each.data["state"] == "set" else said.discard(each.data["tag"])
    return {person: said for person, said in tags.items() if lies_in(book.home(person, asked), asked.area)}


def _last_seen(book: Book, asked: Asked, person: str) -> datetime | None:
    one = book.one_code(asked)
    lives = DOOR.get(person) or next(
        (each.data.get("household", "") for each in book.standing("registry.found", as_of=asked.as_of) if f"found:{each.id}" == person), ""
    )
    met = [
        each.when
        for each in book.until(asked, "care.visited")
        if each.data["outcome"] == "met" and (one(each.person) == person if each.person else bool(lives) and each.household == lives)
    ]
    return max(met, default=None)


def _requests(book: Book, asked: Asked) -> Iterator[Request]:
    """Those that were said, and those that follow from needs."""
    for each in book.standing("care.help_requested", as_of=asked.as_of):
        yield Request(book.root(each.id), each.area, each.when, WITHIN[each.data["urgency"]])
    for each in _first_of_their_chains(book):
        if asked.as_of is None or each.received <= asked.as_of:
            words = "；".join(each.data["needs"])
            yield Request(each.id, each.area, each.when, WITHIN["urgent" if any(word in words for word in URGENT_WORDS) else "normal"])


def _first_of_their_chains(book: Book) -> list[Entry]:
    """The visits with needs, of each chain of corrections (as far as it was known) the one that came first."""
    first: dict[str, Entry] = {}
    for moment in sorted({each.received for each in book.entries.values()}):
        for each in book.standing("care.visited", "doorknock.visited", as_of=moment):
            if each.received == moment and each.data.get("needs"):
                first.setdefault(book.root(each.id, as_of=moment), each)
    return list(first.values())


def _open_since(book: Book, asked: Asked, request: Request) -> datetime | None:
    """Since when the request waits; None where it was closed."""
    said = [each for each in book.until(asked, "care.help_closed", "care.help_asked_again") if each.data["request"] == request.code]
    again = max((number for number, each in enumerate(said) if each.kind == "care.help_asked_again"), default=-1)
    closed = any(each.kind == "care.help_closed" for each in said[again + 1 :])
    return None if closed else said[again].when if again >= 0 else request.when


@pytest.mark.parametrize("seed", SEEDS)
def test_care_agrees(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_care_notices_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_care_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
