"""Items as their records tell them: in any order, rebuilt the same, and as a plain reckoning of a generated day says."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.ledger.projections import projections
from closeknit.ledger.queries import standing
from closeknit.measures.lists.kinds import READS, Item
from closeknit.measures.lists.projections import ListItems
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, EAST, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db
NOON = START + timedelta(hours=12)
COLUMNS = [field.name for field in Item._meta.concrete_fields if field.name != "id"]


def push(field: Field, number: int, area: str = WEST, **data: Any) -> dict[str, Any]:
    """An item's push, whose code is known beforehand."""
    said = {"list": "县推-0318", "source": "county", "name": f"试{number}", "deadline": NOON.isoformat(), **data}
    return field.event("lists.pushed", id=str(UUID(int=number + 1, version=4)), area=area, data=said)


def code(number: int) -> str:
    return str(UUID(int=number + 1, version=4))


def rows() -> list[dict[str, Any]]:
    return list(Item.objects.order_by("topic").values(*COLUMNS))


def generated(field: Field, chance: random.Random) -> list[dict[str, Any]]:
    """A day of sixty items, what was said of them, withdrawn and said again."""
    events = []
    for number in range(60):
        field.now = START + timedelta(minutes=chance.randrange(700))
        due = START + timedelta(hours=chance.randrange(4, 40))
        village = chance.choice([WEST, EAST, TOWN])
        events.append(push(field, number, village, deadline=due.isoformat()))
        for _ in range(chance.randrange(6)):
            field.now = START + timedelta(minutes=chance.randrange(1400))
            events.append(_step(field, number, chance))
    for event in chance.sample(events, 12):
        field.now = START + timedelta(minutes=chance.randrange(1440))
        events.append(field.event("ledger.voided", area=event["area"], corrects=event["id"], data={"reason": "误登"}))
    return events


def _step(field: Field, number: int, chance: random.Random) -> dict[str, Any]:
    item = {"item": code(number)}
    outcome = chance.choice(["at_home", "elsewhere", "moved", "unknown", "referred", "no_answer", "wrong_number", "refused"])
    person, lives = chance.choice([("P1", WEST), ("P5", EAST)])
    later = (START + timedelta(hours=chance.randrange(30, 60))).isoformat()
    return chance.choice([
        lambda: field.event("lists.verified", area=WEST, data={**item, "outcome": outcome, "way": "call"}),
        lambda: field.event("lists.matched", area=lives, person=person, data={**item, "how": "exact"}),
        lambda: field.event("lists.matched", data={**item, "how": "doubtful", "candidates": ["P1", "P5"]}),
        lambda: field.event("lists.matched", data={**item, "how": "decided"}),
        lambda: field.event("lists.assigned", area=chance.choice([WEST, EAST]), data={**item, "deadline": later}),
        lambda: field.event("lists.returned", data={**item, "reason": "not_ours"}),
        lambda: push(field, 1000 + chance.randrange(10**6), EAST, same_as=code(number), deadline=later),
    ])()  # fmt: skip


def reckoned(events: list[dict[str, Any]], area: str, start: datetime, end: datetime) -> dict[str, Any]:
    """The figures by docs/field-records.md alone, from the records as they were sent."""
    voided = {each["corrects"] for each in events if each["kind"] == "ledger.voided"}
    stands = [each for each in events if each["kind"] != "ledger.voided" and each["id"] not in voided and each["at"] < end.isoformat()]
    below = {COUNTY: {COUNTY, TOWN, WEST, EAST}, TOWN: {TOWN, WEST, EAST}}.get(area, {area})
    by_item: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(stands, key=lambda each: (each["at"], each["seq"])):
        by_item.setdefault(each["data"].get("same_as") or each["data"].get("item") or each["id"], []).append(each)
    found: dict[str, set[str]] = {name: set() for name in ("due", "matched", "doubtful", "open", "overdue", "closed")}
    late = set()
    for item, steps in by_item.items():
        pushes = [each for each in steps if each["kind"] == "lists.pushed"]
        if not pushes:
            continue
        places = [each for each in steps if each["kind"] == "lists.assigned"]
        matches = [each for each in steps if each["kind"] == "lists.matched"]
        words = [each for each in steps if each["kind"] in ("lists.verified", "lists.returned")]
        lies = [each for each in steps if each in places or (each in matches and each.get("person"))]
        where = lies[-1]["area"] if lies else pushes[0]["area"]
        if where not in below:
            continue
        final = {"at_home", "elsewhere", "moved", "unknown", "referred"}
        closed = bool(words) and (words[-1]["kind"] == "lists.returned" or words[-1]["data"]["outcome"] in final)
        due = places[-1]["data"]["deadline"] if places else min(each["data"]["deadline"] for each in pushes)
        found["due"].add(item)
        found["closed" if closed else "open"].add(item)
        if matches and matches[-1].get("person"):
            found["matched"].add(item)
        if not closed and matches and matches[-1]["data"]["how"] == "doubtful":
            found["doubtful"].add(item)
        if not closed and due <= end.isoformat():
            found["overdue"].add(item)
            late.add(where)
    window = [each for each in stands if each["at"] >= start.isoformat() and each["area"] in below]
    pushed = [each for each in window if each["kind"] == "lists.pushed"]
    return {
        "lists.pushed": sum(1 for each in pushed if "same_as" not in each["data"]),
        "lists.repeated": sum(1 for each in pushed if "same_as" in each["data"]),
        "lists.verified": len({each["data"]["item"] for each in window if each["kind"] == "lists.verified"}),
        "lists.returned": len({each["data"]["item"] for each in window if each["kind"] == "lists.returned"}),
        **{f"lists.{name}": len(items) for name, items in found.items()}, "lists.late_units": sorted(late),
    }  # fmt: skip


@pytest.fixture
def a_day(field_records: Field) -> Iterator[list[dict[str, Any]]]:
    events = generated(field_records, random.Random(318))
    field_records.now = START + timedelta(days=2)
    answers = field_records.push(*events)
    assert {answer.status for answer in answers} == {"accepted"}
    with clock.at(START + timedelta(days=2)):
        yield events


@pytest.mark.parametrize("area", [TOWN, WEST, EAST])
@pytest.mark.parametrize(("start", "end"), [(0, 24), (6, 12), (24, 72)])
def test_lst_04_the_figures_are_those_of_a_plain_reckoning(a_day: list[dict[str, Any]], area: str, start: int, end: int):
    window = START + timedelta(hours=start), START + timedelta(hours=end)
    got = figures(Question(area, *window), "lists.")

    assert got == reckoned(a_day, area, *window)
    assert got["lists.due"] > 0


def test_a_rebuild_gives_what_stands(a_day: list[dict[str, Any]]):
    before = rows()
    ListItems.rebuild()

    assert rows() == before and len(before) > 50
    assert ListItems in projections()


def test_the_order_and_the_batches_in_which_records_come_do_not_matter(field_records: Field, a_day: list[dict[str, Any]]):
    before = rows()
    Event.objects.all().delete()
    ListItems.rebuild()
    shuffled = list(a_day)
    random.Random(1).shuffle(shuffled)
    for start in range(0, len(shuffled), 37):
        field_records.push(*shuffled[start : start + 37], received_at=START + timedelta(days=2))

    assert rows() == before


def test_what_was_said_of_nobody_pushed_makes_no_item(field_records: Field):
    field_records.record("lists.verified", data={"item": "I-none", "outcome": "at_home", "way": "visit"})

    assert not Item.objects.exists()
    assert standing(*READS).count() == 1


def test_a_deadline_without_an_hour_is_refused_with_its_field(field_records: Field):
    (answer,) = field_records.push(push(field_records, 1, deadline="2022-03-19"))

    assert (answer.status, answer.field, answer.reason) == ("rejected", "data.deadline", "wrong_time")


def test_the_same_person_pushed_again_is_one_item_with_the_earlier_deadline(field_records: Field):
    later = (NOON + timedelta(days=1)).isoformat()
    field_records.push(push(field_records, 1))
    field_records.later(hours=1).push(push(field_records, 2, same_as=code(1), deadline=later))

    item = Item.objects.get()
    assert (item.topic, item.times, item.deadline) == (code(1), 2, NOON)


def test_names_and_numbers_of_a_pushed_row_stand_nowhere_in_clear(field_records: Field):
    field_records.push(push(field_records, 1, name="卢兰利", phone="19900000001", id_no="990000196207020018", address="1组1号"))

    held = str(Event.objects.values_list("data", flat=True).get()) + str(rows())
    assert [word for word in ("卢兰利", "19900000001", "990000196207020018", "1组1号") if word in held] == []
