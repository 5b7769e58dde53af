"""Vaccination, reckoned by other hands: doses had, the state of the next one, what was answered, boosters agreed at the door."""

import calendar
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_day
from tests.reckoning.conftest import say_otherwise
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import BORN, DOOR, DOOR_AREA, DOORS, HOME, VILLAGES, lies_in
from tests.town import EAST, START

SEEDS = range(3)
SECTIONS = ("vaccination", "dueshots")
# Of each dose: days after the one before, from and below how many months of age. The second asks for no age.
SCHEDULE = {1: (0, 36, 720), 2: (21, 0, 0), 3: (180, 216, 720), 4: (180, 720, 0)}
BOOSTER_FROM = 3
SWEEP = (START, START + timedelta(days=2))
ANSWERS = ("done", "agreed", "declined", "not_due", "postponed")
GIVEN, BASE, ASKED, VISIT = "vaccination.given", "vaccination.base_set", "vaccination.mobilised", "doorknock.visited"
FOUND = "registry.found"
KINDS = (GIVEN, BASE, ASKED, VISIT)
# 36, 216 and 720 months old on one of the days, or the day after.
FOUND_BORN = ("2019-03-19", "2019-03-20", "2004-03-19", "2004-03-31", "1962-03-20", "1962-03-21", None)


def a_day(seed: int) -> Day:
    """Doses and base numbers of long ago and of now, answers of persons and of households, visits that ask for the booster."""
    day = Day(seed)
    day.say("registry.merged", day.time(), EAST, household="H4", canonical="J6", reference="household")
    people = [*day.people(), *(day.found_person(birth_date=born, household=day.one(None, *DOORS)) for born in FOUND_BORN)]
    for _ in range(60):
        day.say(GIVEN, _long_ago(day), person=day.one(*people), dose=day.one(1, 1, 2, 2, 3, 3, 4, 5))
    for _ in range(24):
        day.say(BASE, day.time(), person=day.one(*people), **_base(day))
    for _ in range(40):
        whom = day.one({"person": day.one(*people)}, {"household": day.one(*DOORS)}, {"person": day.one(*people), "household": "J1"})
        day.say(ASKED, day.time(), answer=day.one(*ANSWERS), **whom)
    for _ in range(24):
        day.say(VISIT, day.time(), household=day.one(*DOORS), outcome="met", booster=day.one(None, *ANSWERS[:4]))
    day.put_right((*KINDS, FOUND), lambda event: _better(day, event))
    return day


def _long_ago(day: Day) -> datetime:
    """Of now, or so long ago that the next dose falls due in these days."""
    return day.time() - timedelta(days=day.one(0, 1, 19, 20, 21, 22, 179, 180, 181, 182))


def _base(day: Day) -> Record:
    doses = day.one(0, 1, 2, 2, 3)
    return {"doses": doses, "last_on": day.one(None, str(local_day(_long_ago(day) - timedelta(days=1)))) if doses else None}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "vaccination.given":
            return {"dose": day.one(1, 2, 3)}
        case "vaccination.base_set":
            return {"last_on": None, **_base(day)}
        case "registry.found":
            return {"birth_date": day.one(*FOUND_BORN), "household": day.one(None, *DOORS), "area": day.one(*VILLAGES)}
        case "vaccination.mobilised":
            return {"answer": day.one(*ANSWERS)}
    return {"booster": day.one(None, *ANSWERS[:4])}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Vaccination and in the contract."""
    had = {person: _had(book, asked, person) for person in _persons(book, asked)}
    states = {person: _state(book, asked, person, *pair) for person, pair in had.items()}
    due = {person: had[person] for person, state in states.items() if state == "due"}
    answers = Counter(_answer(book, asked, person, *pair) for person, pair in due.items())
    return {
        "vaccination.doses": len(book.counted(asked, GIVEN)),
        "vaccination.booster_agreed": _boosters(book, asked),
        "vaccination.persons": len(had),
        **{f"vaccination.had.{dose}": sum(doses >= dose for doses, _ in had.values()) for dose in SCHEDULE},
        "vaccination.due": len(due),
        "vaccination.due_booster": sum(doses + 1 >= BOOSTER_FROM for doses, _ in due.values()),
        "vaccination.age_unknown": sum(state == "unknown" for state in states.values()),
        **{f"vaccination.due_{answer}": answers[answer] for answer in (*ANSWERS, "unanswered")},
        "vaccination.mobilised": len(book.counted(asked, ASKED)),
    }


def _persons(book: Book, asked: Asked) -> Iterator[str]:
    """Those of the area who were merged into nobody."""
    one = book.one_code(asked)
    found = {f"found:{book.root(each.id)}" for each in book.until(asked, FOUND)}
    return (person for person in (*HOME, *found) if one(person) == person and lies_in(book.home(person, asked), asked.area))


def _had(book: Book, asked: Asked, person: str) -> tuple[int, date | None]:
    """How many doses they had, and the day of the last."""
    one = book.one_code(asked)
    pairs = [(each.data["dose"], local_day(each.when)) for each in book.until(asked, GIVEN) if one(each.person) == person]
    for each in [each for each in book.until(asked, BASE) if one(each.person) == person][-1:]:
        if each.data["doses"]:
            pairs.append((each.data["doses"], _bare(each.data.get("last_on"))))
    doses = max((dose for dose, _ in pairs), default=0)
    return doses, max((last for dose, last in pairs if dose == doses and last), default=None)


def _state(book: Book, asked: Asked, person: str, doses: int, last: date | None) -> str:
    """Of the next dose."""
    if doses + 1 not in SCHEDULE:
        return "complete"
    after, from_months, below_months = SCHEDULE[doses + 1]
    born, today = _bare(BORN[person] if person in BORN else book.finds(asked)[person].data.get("birth_date")), _today(asked)
    if born is None and (from_months or below_months):
        return "unknown"
    if born and below_months and born <= _months_before(today, below_months):
        return "outside"
    if (born and born > _months_before(today, from_months)) or (last and today < last + timedelta(days=after)):
        return "waiting"
    return "due"


def _answer(book: Book, asked: Asked, person: str, doses: int, last: date | None) -> str:
    one = book.one_code(asked)
    door = one(DOOR[person] if person in DOOR else book.finds(asked)[person].data.get("household", ""))
    said = "unanswered"
    for each in book.until(asked, ASKED, VISIT):
        if last and local_day(each.when) <= last:
            continue
        if each.kind == ASKED and (one(each.person) == person if each.person else bool(door) and one(each.household) == door):
            said = each.data["answer"]
        elif each.kind == VISIT and door and one(each.household) == door and doses + 1 >= BOOSTER_FROM:
            said = each.data.get("booster", said)
    return said


def _boosters(book: Book, asked: Asked) -> int:
    """The households of the sweep whose latest visit in it says that the booster was agreed to."""
    one = book.one_code(asked)
    visits = [each for each in book.until(asked, VISIT) if SWEEP[0] <= each.when < SWEEP[1]]
    latest = {one(each.household): each.data.get("booster") for each in visits}
    return sum(said == "agreed" and lies_in(DOOR_AREA[door], asked.area) for door, said in latest.items())


def _bare(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _today(asked: Asked) -> date:
    day: date = local_day(asked.end - timedelta(microseconds=1))
    return day


def _months_before(day: date, months: int) -> date:
    """The same day so many months before; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@pytest.fixture
def schedule(county: None) -> None:
    """The county with this schedule."""
    names = ("after_days", "from_months", "below_months")
    lines = [
        {"dose": dose, **{name: number for name, number in zip(names, line, strict=True) if number}} for dose, line in SCHEDULE.items()
    ]
    say_otherwise(vaccination={"schedule": lines})


@pytest.mark.parametrize("seed", SEEDS)
def test_vaccination_agrees(schedule: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_vaccination_notices_a_lost_record(schedule: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_vaccination_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
