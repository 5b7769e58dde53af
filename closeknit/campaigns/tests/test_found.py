"""Whoever no roster holds is due like everybody, until settled, and merges when they prove to be somebody of a roster."""

from datetime import timedelta

import pytest

from closeknit.campaigns.coverage import Coverage, coverage
from closeknit.campaigns.models import Campaign, Reach
from closeknit.campaigns.planning import plan
from closeknit.ledger import tallies
from closeknit.ledger.models import Event
from closeknit.ledger.projections import projections
from closeknit.ledger.record import record_pushes
from closeknit.ledger.tests.test_orders import forget, state
from closeknit.ledger.wire import Push
from tests.town import START, TOWN, WEST, Field, campaign

FAR = START + timedelta(days=30)


def sweep(area: str = TOWN, **when) -> Coverage:
    return coverage(Campaign.objects.current().get(code="sweep"), area, until=when.pop("until", FAR), **when)


def round_of(area: str = TOWN) -> Coverage:
    return coverage(Campaign.objects.current().get(code="round-1"), area, until=FAR)


@pytest.fixture
def records(field_records: Field) -> Field:
    plan(campaign("round-1", "testing.round", "persons", excused={"under_age": 3, "persons": ["P5"]}))
    return field_records


def test_a_found_household_is_due_in_the_gap_and_settled_like_any_other(records: Field):
    before = sweep()
    found = records.record("registry.found", data={"what": "household", "landmark": "旧船坞"})
    code = f"found:{found.id}"
    due = sweep()

    records.later(hours=1).record("doorknock.visited", household=code, data={"outcome": "met"})

    assert (len(before.due), code in before.due) == (5, False)
    assert (len(due.due), code in due.gap) == (6, True)
    assert code in sweep().reached


def test_a_find_is_due_only_from_when_it_was_found_and_not_after_the_end(records: Field):
    records.record("registry.found", data={"what": "household"})
    found_at = records.now
    records.later(days=5).record("registry.found", data={"what": "household"})

    assert len(sweep(until=found_at).due) == 5
    assert len(sweep(until=found_at + timedelta(seconds=1)).due) == 6
    assert len(sweep().due) == 6, "found after the sweep's end"


def test_a_person_and_a_sleeper_without_a_household_are_due_in_a_round(records: Field):
    person = records.record("registry.found", data={"what": "person", "name": "张无名", "household": "H1"})
    sleeper = records.record("registry.found", data={"what": "person", "category": "no_fixed_home", "landmark": "桥下"})
    codes = {f"found:{person.id}", f"found:{sleeper.id}"}
    gap = round_of().gap

    data = {"tube": "T1", "pool": 10, "round": "round-1"}
    for code in codes:
        records.record("testing.sampled", person=code, data=data)

    assert codes <= gap
    assert round_of().reached == codes


def test_excused_are_those_listed_and_those_under_the_age_by_a_valid_id(records: Field):
    assert round_of().excused == {"P5", "P2"}


def test_a_sample_with_another_round_code_reaches_nobody(records: Field):
    records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10, "round": "round-9"})

    assert round_of().reached == set()


def test_a_merged_find_counts_as_the_household_of_the_roster(records: Field):
    found = records.record("registry.found", data={"what": "household"})
    records.record("doorknock.visited", household=f"found:{found.id}", data={"outcome": "met"})

    merge = records.later(hours=1).record(
        "registry.merged", household=f"found:{found.id}", data={"canonical": "H2", "reference": "household"}
    )
    merged = sweep()
    records.later(hours=1).record("ledger.voided", corrects=str(merge.id), data={"reason": "不是同一户"})
    parted = sweep()

    assert (len(merged.due), merged.reached) == (5, {"H2"})
    assert (len(parted.due), parted.reached) == (6, {f"found:{found.id}"})


def test_as_known_before_the_merge_nothing_changes(records: Field):
    found = records.record("registry.found", data={"what": "household"})
    records.record("doorknock.visited", household=f"found:{found.id}", data={"outcome": "met"})
    before = records.now
    records.later(hours=1).record("registry.merged", household=f"found:{found.id}", data={"canonical": "H2", "reference": "household"})

    assert sweep(as_of=before).reached == {f"found:{found.id}"}


def test_the_code_of_a_find_that_was_put_right_stays_valid(records: Field):
    found = records.record("registry.found", data={"what": "household", "landmark": "东头"})
    code = f"found:{found.id}"
    records.record("doorknock.visited", household=code, data={"outcome": "met"})

    again = records.record("registry.found", corrects=str(found.id), data={"what": "household", "landmark": "西头", "reason": "记错"})
    records.later(hours=1).record("doorknock.visited", household=f"found:{again.id}", data={"outcome": "refused"})

    assert len(sweep().due) == 6
    assert (code in sweep().gap, Reach.objects.get(code=code).tries) == (True, 2)


def test_a_find_that_is_withdrawn_is_due_no_longer(records: Field):
    found = records.record("registry.found", data={"what": "household"})

    records.record("ledger.voided", corrects=str(found.id), data={"reason": "重复"})

    assert len(sweep().due) == 5


def test_finds_and_merges_rebuilt_doubled_and_split_come_out_the_same(records: Field):
    pushes = []
    for _ in range(3):
        found = records.later(minutes=5).event("registry.found", data={"what": "household"})
        code = f"found:{found['id']}"
        visit = records.event("doorknock.visited", household=code, data={"outcome": "met"})
        merge = records.event("registry.merged", household=code, data={"canonical": "H4", "reference": "household"})
        pushes.append(Push("D1", "W1", [found, visit, merge], records.now, records.now))
    record_pushes(pushes)
    expected = state()
    for each in projections():
        each.rebuild()
    tallies.rebuild()
    rebuilt = state()
    forget()

    for push in pushes:
        parts = [Push(push.device, push.member, [event], push.pushed_at, push.received_at) for event in push.events]
        record_pushes([*parts, push])

    assert rebuilt == expected
    assert state() == expected
    assert Event.objects.filter(area=WEST).count() == 9


def test_live_reach_and_as_of_coverage_agree(records: Field):
    for household, outcome in (("H1", "met"), ("H2", "refused"), ("H2", "absent"), ("H4", "moved"), ("H4", "absent")):
        records.later(minutes=9).record("doorknock.visited", household=household, data={"outcome": outcome})

    reached = sweep()

    assert reached.reached == {"H1"}
    assert {row.code for row in Reach.objects.filter(campaign="sweep", reached=True)} == reached.reached
    assert {row.code: row.tries for row in Reach.objects.filter(campaign="sweep")} == {"H1": 1, "H2": 2, "H4": 2}
