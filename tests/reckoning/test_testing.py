"""Testing, reckoned by other hands: rounds and whom they reached, tubes and their way, sites, what was cleared."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.reckoning.asking import disagreements, send, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_day
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import BORN, HOME, PEOPLE, lies_in
from tests.town import EAST, START, TOWN, campaign

SEEDS = range(3)
SECTIONS = ("testing",)
SAMPLED, SEALED, RESULTED = "testing.sampled", "testing.tube_sealed", "testing.resulted"
HANDED, RECEIVED, SWABBED = "testing.handed_over", "testing.received", "testing.environment_sampled"
OPENED, CLOSED, CLEARED = "testing.site_opened", "testing.site_closed", "testing.cleared"
TRANSFERRED = "isolation.transferred"
KINDS = (SAMPLED, SEALED, RESULTED, HANDED, RECEIVED, SWABBED, OPENED, CLOSED, CLEARED)
# The rounds: of which area, from and to when, whom they list (nobody: they are for all persons), whom the plan excuses.
ROUNDS: dict[str, tuple[str, datetime, datetime, tuple[str, ...], dict[str, Any]]] = {
    "first": (TOWN, START - timedelta(hours=20), START + timedelta(hours=30), (), {"under_age": 3, "persons": ["P3", "P4"]}),
    "second": (EAST, START + timedelta(hours=10), START + timedelta(days=2), (), {}),
    "third": (TOWN, START - timedelta(days=1), START + timedelta(hours=1), ("P1", "P4", "Q3", "Q6", "P7"), {"persons": ["Q6"]}),
}
POOLS, RESULTS = (1, 1, 5, 10, 20), ("positive", "positive", "negative", "invalid")
BEFORE = START - timedelta(hours=24)


def a_day(seed: int) -> Day:
    """Samples of three rounds, what becomes of the tubes, sites that open and close, surfaces that are swabbed."""
    day = Day(seed)
    # Only who was found can prove to be somebody else: no screen makes one of two whom a roster holds.
    people = [*PEOPLE, day.found_person(), day.found_person(merged_into=day.one("P5", "Q8", "Q1"))]
    for _ in range(28):
        day.say(SAMPLED, day.time(BEFORE), person=day.one(*people), **_sample(day))
    for _ in range(8):
        day.say(SEALED, day.time(BEFORE), tube=_tube(day), count=day.one(0, 1, 2, 3))
        day.say(RESULTED, day.time(), tube=_tube(day), lab="县中心", tested_at=START.isoformat(), result=day.one(*RESULTS))
        day.say(HANDED, day.time(BEFORE), tubes=[_tube(day), _tube(day)], box="B1", carrier="甲车")
        day.say(RECEIVED, day.time(BEFORE), tubes=[_tube(day), _tube(day)], lab="县中心")
        day.say(OPENED, day.time(), place=day.one("S1", "S2", "M1", "SQ1"), stations=2)
        day.say(CLOSED, day.time(), place=day.one("S1", "S2", "M1", "SQ1"), **_closing(day))
        day.say(SWABBED, day.time(), place=day.one("M1", "CS1"), tube="E1", object="案板")
        day.say(CLEARED, day.time(), tube=_tube(day), matter="count", reason="清点有误")
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _tube(day: Day) -> str:
    return f"T{day.random.randrange(20)}"


def _sample(day: Day) -> Record:
    tube = _tube(day)
    return {"tube": tube, "pool": POOLS[int(tube[1:]) % 5], "round": day.one(*ROUNDS, *ROUNDS, None, "fourth")}


def _closing(day: Day) -> Record:
    return {"disinfected": day.chance(0.6), "waste_bags": day.one(None, 0, 2, 5)}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "testing.sampled":
            return _sample(day)
        case "testing.resulted":
            return {"result": day.one(*RESULTS)}
        case "testing.site_closed":
            return _closing(day)
        case "testing.tube_sealed":
            return {"count": day.one(1, 2)}
        case "testing.handed_over" | "testing.received":
            return {"tubes": [_tube(day)]}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Testing and laboratory and in the contract."""
    closed = book.counted(asked, CLOSED)
    rounds = [_round(book, asked, code) for code, (_, start, end, *_) in ROUNDS.items() if start < asked.end and asked.start < end]
    due, excused, sampled = (sum(each) for each in zip(*rounds, strict=True))
    return {
        "testing.due": due,
        "testing.excused": excused,
        "testing.sampled": sampled,
        "testing.gap": due - excused - sampled,
        **_tubes(book, asked),
        "testing.cleared": len(book.counted(asked, CLEARED)),
        "testing.environment": len(book.counted(asked, SWABBED)),
        "testing.sites_opened": len({each.place for each in book.counted(asked, OPENED)}),
        "testing.sites_closed": len({each.place for each in closed}),
        "testing.sites_disinfected": len({each.place for each in closed if each.data["disinfected"]}),
        "testing.waste_bags": sum(each.data.get("waste_bags", 0) for each in closed),
    }


def _round(book: Book, asked: Asked, code: str) -> tuple[int, int, int]:
    """How many of the area are due in a round, are excused, and were sampled."""
    one = book.one_code(asked)
    area, start, end, listed, without = ROUNDS[code]
    persons = listed or _persons(book, asked, area, end)
    due = {person for person in map(one, persons) if lies_in(book.home(person, asked), asked.area)}
    excused = {one(person) for person in without.get("persons", ())}
    excused |= {person for person in due if (born := BORN.get(person)) and _age(born, start) < without.get("under_age", 0)}
    samples = [each for each in book.until(asked, SAMPLED) if each.data.get("round") == code and start <= each.when < end]
    return len(due), len(due & excused), len(({one(each.person) for each in samples} & due) - excused)


def _persons(book: Book, asked: Asked, area: str, end: datetime) -> Iterator[str]:
    """Everybody of an area: of the rosters, and who was found before the round's end."""
    yield from (person for person, home in HOME.items() if lies_in(home, area))
    for each in book.until(asked, "registry.found"):
        if each.when < end and lies_in(each.area, area):
            yield f"found:{book.root(each.id)}"


def _age(born: str, at: datetime) -> int:
    today, birthday = local_day(at), date.fromisoformat(born)
    return int(today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day)))


def _tubes(book: Book, asked: Asked) -> dict[str, int]:
    """The tubes into which a sample of the window went, and what is known of them, whenever and wherever it happened."""
    one = book.one_code(asked)
    samples = book.counted(asked, SAMPLED)
    inside: dict[str, set[str]] = {}
    for each in samples:
        inside.setdefault(each.data["tube"], set()).add(one(each.person))
    pool = {each.data["tube"]: each.data["pool"] for each in samples}
    result = {each.data["tube"]: each.data["result"] for each in book.standing(RESULTED, as_of=asked.as_of)}
    sealed = {each.data["tube"]: each.data["count"] for each in book.standing(SEALED, as_of=asked.as_of)}
    handed, received = (
        {tube for each in book.standing(kind, as_of=asked.as_of) for tube in each.data["tubes"]} for kind in (HANDED, RECEIVED)
    )
    positive = {tube for tube in inside if result.get(tube) == "positive"}
    return {
        "testing.person_times": len(samples),
        "testing.tubes": len(inside),
        "testing.resulted": len(set(inside) & set(result)),
        "testing.positive_tubes": sum(pool[tube] > 1 for tube in positive),
        "testing.positive_persons": len(set().union(*(inside[tube] for tube in positive if pool[tube] == 1))),
        "testing.unreconciled": sum(
            (tube in result and tube not in received)
            or (tube in received and tube not in handed)
            or (tube in sealed and sealed[tube] != len(persons))
            for tube, persons in inside.items()
        ),
    }


def _follow(book: Book) -> dict[str, tuple[str, datetime, str, str]]:
    """The transfers that follow by themselves: whose, when, where, and for which member."""
    told: dict[str, tuple[str, datetime, str, str]] = {}
    for moment in sorted({each.received for each in book.entries.values()}):
        results = {each.data["tube"]: each for each in book.standing(RESULTED, as_of=moment)}
        for each in book.standing(SAMPLED, as_of=moment):
            result = results.get(each.data["tube"])
            if each.data["pool"] == 1 and result and result.data["result"] == "positive":
                later = max(each, result, key=lambda one: one.received)
                told.setdefault(str(uuid5(UUID(each.id), TRANSFERRED)), (each.person, result.when, each.area, later.member))
    return told


@pytest.fixture
def rounds(county: None) -> None:
    """The county with these rounds."""
    with clock.at(START - timedelta(days=1)):
        for code, (area, start, end, listed, excused) in ROUNDS.items():
            targets = {"persons": list(listed)} if listed else "persons"
            plan(campaign(code, "testing.round", targets, **{"area": area, "from": start, "to": end, "excused": excused}))


@pytest.mark.parametrize("seed", SEEDS)
def test_testing_agrees(rounds: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_testing_notices_a_lost_record(rounds: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_testing_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])


def test_whoever_is_positive_alone_is_to_be_transferred(rounds: None):
    pushes = a_day(1).pushes()
    send(pushes)
    asked_for = Event.objects.filter(kind=TRANSFERRED, data__stage="requested")

    told = {str(each.id): (each.person, each.at, each.area, each.member) for each in asked_for}
    assert told and told == _follow(Book(pushes))
