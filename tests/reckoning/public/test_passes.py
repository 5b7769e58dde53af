"""Passes, reckoned by other hands: everybody's status by the rules of where they live, who has a code, objections."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from closeknit.measures.passes.standing import statuses
from closeknit.policy.models import Adoption, Pack
from closeknit.policy.packs import merged
from tests.reckoning.asking import differences, questions, send, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_day, local_time
from tests.reckoning.conftest import say_otherwise
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import BORN, HOME, VILLAGES, lies_in
from tests.town import EAST, START

SEEDS = range(3)
ORDERED, RELEASED, GIVEN, FOUND = "isolation.ordered", "isolation.released", "vaccination.given", "registry.found"
SAMPLED, RESULTED = "testing.sampled", "testing.resulted"
CODES = ("passes.code_given", "passes.code_ended")
SAID = (*CODES, "passes.objected", "passes.objection_answered")
OF_STATUS = (ORDERED, RELEASED, SAMPLED, RESULTED, GIVEN)
FOUND_BORN = ("2019-03-21", "2019-03-22")  # three years old in these days, or a day later
RESULTS = ("negative", "negative", "negative", "positive", "inconclusive", "invalid")


@dataclass(frozen=True)
class Rules:
    """What a pack says of passes."""

    asks: tuple[str, ...]
    positive: timedelta
    valid: timedelta
    by_sampling: bool
    doses: int


COUNTY_RULES = Rules(("order", "result", "test"), timedelta(days=1), timedelta(hours=48), by_sampling=False, doses=0)
EAST_RULES = Rules(("doses", "test", "result", "order"), timedelta(days=2), timedelta(hours=24), by_sampling=True, doses=2)


def a_day(seed: int) -> Day:
    """Orders, samples whose tubes have results or none, doses; codes that are given and end, objections."""
    day = Day(seed)
    people = [*day.people(), *(day.found_person(birth_date=born) for born in FOUND_BORN)]
    for _ in range(12):
        day.say(ORDERED, day.time(), person=day.one(*people[:9]), **_order(day))
        if day.chance(0.5):
            day.say(RELEASED, day.time(), person=day.one(*people[:9]), reason="期满")
    for number in range(40):
        tube = f"T{day.one(number, number, 1)}"
        sample = day.say(SAMPLED, day.time(START - timedelta(hours=30)), person=day.one(*people), tube=tube, pool=day.one(1, 10))
        for _ in range(day.one(0, 1, 1, 2)):
            came = day.one(START + timedelta(hours=16), day.time(day.by_id[sample][1]), day.by_id[sample][1] + timedelta(hours=5))
            day.say(RESULTED, came, tube=tube, result=day.one(*RESULTS), lab="县中心", tested_at=START.isoformat())
    for _ in range(20):
        day.say(GIVEN, day.time(), person=day.one(*people), dose=day.one(1, 2, 3))
    for _ in range(16):
        day.say(CODES[0], day.time(), person=day.one(*people), **_code(day))
        if day.chance(0.3):
            day.say(CODES[1], day.time(), person=day.one(*people), reason="lost")
    objections = [day.say("passes.objected", day.time(), person=day.one(*people), words="本人未去过") for _ in range(14)]
    for objection in objections[:6]:
        day.correct(day.correct(objection))  # the first correction may come after the second
    for objection in day.random.sample(objections, 6):
        answer = {"objection": objection, "outcome": "stands", "reason": "已核"}
        day.say(SAID[-1], day.time(), person=day.by_id[objection][2]["person"], **answer)
    day.put_right((*SAID, *OF_STATUS, FOUND), lambda event: _better(day, event))
    return day


def _order(day: Day) -> Record:
    until = day.one((START + timedelta(hours=14)).isoformat(), "2022-03-18", "2022-03-20", "2022-03-22", "2022-03-22")
    return {"measure": "home", "rule": "secondary", "evidence": [day.code()], "until": until, "told": "paper", "other_end": "另有安排"}


def _code(day: Day) -> Record:
    return {"way": day.one("own_phone", "helper", "paper"), "consent": "spoken", "helper": "邻居"}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "isolation.ordered":
            return _order(day)
        case "registry.found":
            return {"birth_date": day.one(None, *FOUND_BORN), "area": day.one(*VILLAGES)}
        case "testing.sampled":
            return {"pool": day.one(1, 10)}
        case "testing.resulted":
            return {"result": day.one(*RESULTS)}
        case "passes.code_given":
            return _code(day)
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Passes."""
    one = book.one_code(asked)
    latest = {one(each.person): each for each in book.until(asked, *CODES) if lies_in(book.home(one(each.person), asked), asked.area)}
    ways = [each.data["way"] for each in latest.values() if each.kind == "passes.code_given"]
    answered = {each.data["objection"] for each in book.until(asked, "passes.objection_answered")}
    objections = {code: each for each in book.until(asked, "passes.objected") if (code := book.root(each.id)) not in answered}
    waiting = [each for each in objections.values() if lies_in(book.home(one(each.person), asked), asked.area)]
    return {
        "passes.codes": len(ways),
        "passes.codes_helped": ways.count("helper"),
        "passes.codes_paper": ways.count("paper"),
        "passes.objections_open": len(waiting),
        "passes.objections_late": sum(asked.end - each.when >= timedelta(hours=24) for each in waiting),
    }


def status(book: Book, asked: Asked, person: str) -> tuple[str, datetime | None]:
    """The status of a person at the end of what is asked, and until when, as the text says it."""
    rules = EAST_RULES if lies_in(book.home(person, asked), EAST) else COUNTY_RULES
    one = book.one_code(asked)
    said = [each for each in book.until(asked, ORDERED, RELEASED, SAMPLED, GIVEN) if one(each.person) == person]
    results = {each.data["tube"]: each for each in book.until(asked, RESULTED)}
    tests = [(each, results[each.data["tube"]]) for each in said if each.kind == SAMPLED and each.data["tube"] in results]
    latest = tests[-1] if tests else None
    if "order" in rules.asks and (end := _order_until(said)) and asked.end < end:
        return "apart", end
    if "result" in rules.asks:
        single = [result for sample, result in tests if sample.data["pool"] == 1][-1:]
        if single and single[0].data["result"] == "positive" and asked.end < single[0].when + rules.positive:
            return "apart", single[0].when + rules.positive
        if latest and latest[1].data["result"] != "negative":
            return "limited", None
    until = None
    if "test" in rules.asks and not _exempt(book, asked, person):
        until = latest[not rules.by_sampling].when + rules.valid if latest and latest[1].data["result"] == "negative" else None
        if until is None or asked.end >= until:
            return "limited", None
    if "doses" in rules.asks and max((each.data["dose"] for each in said if each.kind == GIVEN), default=0) < rules.doses:
        return "limited", None
    return "free", until


def _order_until(said: list[Entry]) -> datetime | None:
    last = [each for each in said if each.kind in (ORDERED, RELEASED)][-1:]
    if not last or not (until := last[0].data.get("until")):
        return None
    return datetime.fromisoformat(until) if "T" in until else local_time(date.fromisoformat(until) + timedelta(days=1))


def _exempt(book: Book, asked: Asked, person: str) -> bool:
    born = BORN[person] if person in BORN else book.finds(asked)[person].data.get("birth_date")
    return bool(born) and local_day(asked.end).replace(year=local_day(asked.end).year - 3) < date.fromisoformat(born)


def _people(book: Book, asked: Asked) -> Iterator[str]:
    one = book.one_code(asked)
    known = {*HOME, *(f"found:{book.root(each.id)}" for each in book.until(asked, FOUND))}
    return (person for person in known if one(person) == person and lies_in(book.home(person, asked), asked.area))


def _counted(book: Book, asked: Asked) -> dict[str, int]:
    words = [status(book, asked, each)[0] for each in _people(book, asked)]
    return {word: words.count(word) for word in ("free", "limited", "apart")}


@pytest.fixture
def two_packs(county: None) -> None:
    """The county with a village that asks for more, and names it in another order than the text."""
    say_otherwise(**_as_pack(COUNTY_RULES))
    held = Pack.objects.current().get()
    Pack.objects.create(name="east", version=1, values=merged(held.values, _as_pack(EAST_RULES)), learned_at=held.learned_at)
    Adoption.objects.create(area=EAST, pack="east", timezone="+08:00", learned_at=held.learned_at)


def _as_pack(rules: Rules) -> dict[str, Any]:
    validity = {"gate_h": rules.valid // timedelta(hours=1), "validity_from": "sampling" if rules.by_sampling else "report"}
    return {"passes": {"asks": list(rules.asks), "positive_days": rules.positive.days, "doses": rules.doses}, "test_validity": validity}


def _wrong_statuses(pushes: list[Record], book: Book) -> Iterator[str]:
    for asked in questions(pushes):
        for person, found in statuses(_people(book, asked), asked.end, asked.as_of).items():
            if (found.word, found.until) != (expected := status(book, asked, person)):
                yield f"{person} at {asked.end:%d %H} as of {asked.as_of}: told {found}, reckoned {expected}"


@pytest.mark.parametrize("seed", SEEDS)
def test_passes_agree(two_packs: None, seed: int):
    pushes = a_day(seed).pushes()
    send(pushes)

    assert not differences(("passcodes",), reckon, pushes, pushes)
    assert not list(_wrong_statuses(pushes, Book(pushes)))


def test_passes_notice_a_lost_record(two_packs: None):
    assert shown_by_a_loss(("passcodes",), reckon, a_day(0))


def test_passes_are_not_the_agreement_of_nothing():
    assert not without_weight((*SAID, *OF_STATUS), lambda *of: {**reckon(*of), **_counted(*of)}, [a_day(seed) for seed in SEEDS])
