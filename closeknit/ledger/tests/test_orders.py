"""Any order, any batching, any repetition: the same events stand, and projections and tallies come out the same."""

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from closeknit.campaigns.models import Reach
from closeknit.ledger import insertion, tallies
from closeknit.ledger.insertion import COLUMNS
from closeknit.ledger.models import Clock, Count, Event, Refusal
from closeknit.ledger.projections import projections
from closeknit.ledger.record import record_pushes
from closeknit.ledger.wire import Push
from closeknit.measures.supervision.models import Problem
from closeknit.registry.models import Alias, Found
from tests.town import Field, build

pytestmark = pytest.mark.django_db
OUTCOMES = ("met", "absent", "refused", "moved")
QUICK: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),  # a seed says all: nothing to shrink
}
UNLIKE = {"id", "event", "arrival"}  # made anew, or numbered by the order in which they came


def history(seed: int, size: int = 60) -> list[Push]:
    """Pushes of visits, checks, problems, finds and merges, many of them corrected, voided or corrected twice."""
    dice = random.Random(seed)
    field = Field()
    pushes, events = [], []
    for _ in range(size):
        field.later(minutes=dice.choice((0, 1, 7, 90)))
        event = _event(dice, field, events)
        events.append(event)
        pushes.append(Push(device="D1", member=dice.choice(("W1", "W2")), events=[event], pushed_at=field.now, received_at=field.now))
    return pushes


def _event(dice: random.Random, field: Field, earlier: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found = [each for each in earlier if each["kind"] == "registry.found"]
    what = dice.choice(("visit", "visit", "visit", "check", "problem", "found", "merge", "correct", "void"))
    if what == "correct" and earlier:
        original = dice.choice([each for each in earlier if each["kind"] != "ledger.voided"] or earlier)
        return field.event(
            original["kind"], **{**_same(original), "corrects": original["id"], "data": {**original["data"], "reason": "误填"}}
        )
    if what == "void" and earlier:
        return field.event("ledger.voided", corrects=dice.choice(earlier)["id"], data={"reason": "重复"})
    if what == "check":
        return field.event(
            "checkpoints.person_checked", place="CP1", data={"decision": dice.choice(("admitted", "referred")), "reason": "x"}
        )
    if what == "problem":
        data = {"problem": dice.choice(("P1", "P2")), "outcome": dice.choice(("closed", "reopened"))}
        return (
            field.event("supervision.looked_back", data=data)
            if dice.random() < 0.5
            else field.event("supervision.found", data={"problem": data["problem"], "unit": "U", "title": "未测温"})
        )
    if what == "found" or (what == "merge" and not found):
        return field.event("registry.found", data={"what": "household"})
    if what == "merge":
        code = f"found:{dice.choice(found)['id']}"
        return field.event("registry.merged", household=code, data={"canonical": dice.choice(("H1", "H2")), "reference": "household"})
    code = f"found:{dice.choice(found)['id']}" if found and dice.random() < 0.3 else dice.choice(("H1", "H2", "H4"))
    return field.event("doorknock.visited", household=code, data={"outcome": dice.choice(OUTCOMES)})


def _same(original: dict[str, Any]) -> dict[str, Any]:
    return {name: original[name] for name in ("household", "place", "area") if name in original}


def state() -> dict[str, Any]:
    """All projections and tallies as plain values, without what is made anew each time; what stands in the ledger too."""
    models = (Reach, Problem, Found, Alias)
    rows = {model.__name__: sorted(_plain(row) for row in model.objects.values()) for model in models}
    counts = sorted((row.name, row.area, row.place, str(row.hour), row.number) for row in Count.objects.all() if row.number)
    falls = sorted((str(event_id), str(moment)) for event_id, moment in Event.objects.values_list("id", "superseded_at"))
    return {**rows, "tallies": counts, "falls": falls}


def _plain(row: dict[str, Any]) -> str:
    return str(sorted((name, str(value)) for name, value in row.items() if name not in UNLIKE))


def forget() -> None:
    """Empties the ledger; the register of the small county stays."""
    for model in (Event, Refusal, Count, Clock, Reach, Problem, Found):
        model.objects.all().delete()
    Alias.objects.filter(event__isnull=False).delete()


def judged(pushes: Iterable[Push]) -> list[dict[str, Any]]:
    """The events as the ledger holds them after the pushes came in order."""
    record_pushes(list(pushes))
    return list(Event.objects.values(*COLUMNS))


@settings(max_examples=25, **QUICK)
@given(seed=st.integers(0, 10**6), order=st.randoms(use_true_random=False), cuts=st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_judged_events_in_any_order_and_any_batching_come_out_the_same(town, seed, order, cuts):
    forget()
    events = judged(history(seed))
    expected = state()
    forget()
    order.shuffle(events)
    rest = [Event(**{**row, "superseded_at": None}) for row in events]

    while rest:
        for cut in cuts:
            insertion.insert(rest[:cut])
            del rest[:cut]

    assert state() == expected


@settings(max_examples=15, **QUICK)
@given(seed=st.integers(0, 10**6))
def test_pushes_doubled_and_committed_together_come_out_the_same(town, seed):
    pushes = history(seed)
    forget()
    for push in pushes:
        record_pushes([push])
    expected = state()
    forget()

    record_pushes([push for push in pushes for _ in range(2)])

    assert state() == expected


@settings(max_examples=15, **QUICK)
@given(seed=st.integers(0, 10**6))
def test_what_stands_equals_a_plain_reckoning(town, seed):
    forget()
    judged(history(seed))
    events = {event.id: event for event in Event.objects.all()}

    standing = {event_id for event_id, event in events.items() if event.superseded_at is None}

    assert standing == plainly_standing(list(events.values()))


def plainly_standing(events: Sequence[Event]) -> set[UUID]:
    """The rule of field-records.md, word for word: corrected or voided events do not stand, of several corrections the latest received."""
    by_id = {event.id: event for event in events}
    standing = set()
    for event in events:
        corrections = [each for each in events if each.corrects == event.id and each.kind in (event.kind, "ledger.voided")]
        original = by_id.get(event.corrects) if event.corrects else None
        rivals = [each for each in events if original and each.corrects == original.id and each.kind in (original.kind, "ledger.voided")]
        latest = max(rivals, key=lambda each: (each.received_at, each.seq, str(each.id)), default=event)
        if not corrections and latest.id == event.id:
            standing.add(event.id)
    return standing


@pytest.mark.parametrize("seed", range(5))
def test_rebuilding_equals_what_stands(town, seed):
    judged(history(seed, size=120))
    live = state()
    assert live["Reach"] and live["tallies"] and live["Problem"], "the history must give the check something to compare"

    for each in projections():
        each.rebuild()
    tallies.rebuild()

    assert state() == live


def test_the_check_of_rebuilding_notices_a_row_that_went_wrong(town):
    judged(history(1, size=120))
    live = state()
    Reach.objects.filter(id=Reach.objects.first().id).update(outcome="wrong")

    assert state() != live


def test_the_number_of_statements_does_not_grow_with_the_batch(town):
    def statements(size: int) -> int:
        field = Field(now=Field().now + timedelta(minutes=size))
        events = [_mixed(field, number) for number in range(size)]
        with CaptureQueriesContext(connection) as captured:
            answers = field.push(*events)
        assert {answer.status for answer in answers} == {"accepted"}
        return len(captured)

    statements(1)  # the first push of all makes the clock
    few, many = statements(20), statements(800)

    assert many == few


def _mixed(field: Field, number: int) -> dict[str, Any]:
    kinds = (
        ("doorknock.visited", {"household": f"H{number % 4 + 1}", "data": {"outcome": "met"}}),
        ("checkpoints.person_checked", {"place": "CP1", "data": {"decision": "admitted"}}),
        ("supervision.found", {"data": {"problem": f"P{number}", "unit": "U", "title": "未测温"}}),
        ("registry.found", {"data": {"what": "household"}}),
        ("venues.patrolled", {"place": "S1", "data": {"code_posted": True, "scanning": True}}),
    )
    kind, rest = kinds[number % len(kinds)]
    return field.event(kind, **rest)


def test_the_small_county_can_be_built_under_another_pack(db, tmp_path: Path):
    build(tmp_path, pack="generic-measles")

    assert Count.objects.count() == 0
