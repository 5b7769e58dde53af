"""The demonstration: what it tells beside the sweep is taken whole, and all of it moves with the days."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import record_pushes
from closeknit.ledger.wire import Push
from closeknit.paper.models import ResidentCard
from closeknit.policy.packs import policy
from closeknit.sync.demonstration import MORE, PUSHI, SIGN_INS, every_push, is_stale, prepare
from closeknit.sync.scenarios import pushes
from closeknit.sync.shifting import shifted_push

SCENARIO = PUSHI.brought
LATE_ON_ITS_LAST_DAY = datetime(2022, 3, 19, 15, 30, tzinfo=timezone(timedelta(hours=8)))
OF_THE_SCENARIO = re.compile(r"2022-\d\d-\d\d")
SAID_IN_DATA = {
    "isolation.ordered.until", "testing.resulted.tested_at", "lists.pushed.deadline", "deployment.shift_planned.from_at",
    "deployment.ordered.to_at", "deployment.called.day", "supplies.line_parked.day", "routine.group_set.from_day",
    "returnees.declared.arrived_at", "returnees.risk_area_set.from",
}  # fmt: skip

SAID_AFTERWARDS = {"legality.drawn", "legality.reviewed", "notices.sent", "reports.filled", "routine.drawn"}


def told() -> Iterator[dict[str, Any]]:
    for push in pushes(SCENARIO / MORE):
        yield from push.events


@pytest.mark.django_db
def test_what_is_told_beside_the_sweep_is_taken_whole_and_everybody_can_sign_in():
    with clock.at(LATE_ON_ITS_LAST_DAY):
        state = prepare(lambda what, done, of: None)
        assert not is_stale(state)
    ids = [event["id"] for event in told()]
    come = Event.objects.filter(id__in=ids).count()
    later = [push for push in every_push(SCENARIO, state["days"]) if push.received_at > LATE_ON_ITS_LAST_DAY]

    with clock.at(later[-1].received_at):
        record_pushes(later)

    assert len(set(ids)) == len(ids) > 1000
    assert 0 < come < len(ids)
    assert Event.objects.filter(id__in=ids, superseded_at=None).count() == len(ids)
    assert not Refusal.objects.filter(event_id__in=ids).exists()
    assert {account.username: account.role for account in Account.objects.all()} == {name: role for name, role, _, _ in SIGN_INS}
    assert all(Account.objects.get(username=name).member for name, _, _, member in SIGN_INS if member)
    assert policy(PUSHI.county).name == policy(PUSHI.area).name
    assert ResidentCard.objects.filter(kind=ResidentCard.Kind.CARD).count() > 100
    assert set(Event.objects.values_list("kind", flat=True)) >= SAID_AFTERWARDS


def test_all_times_move_with_the_days_also_those_in_the_data():
    moments = {name: kind.moments for name, kind in kinds().items()}
    said = {f"{event['kind']}.{name}" for event in told() for name in moments[event["kind"]] & event.get("data", {}).keys()}

    moved: list[Push] = [shifted_push(push, 1700) for push in pushes(SCENARIO / MORE)]

    assert said >= SAID_IN_DATA
    assert OF_THE_SCENARIO.findall(json.dumps([event for push in moved for event in push.events])) == []
    assert min(push.received_at for push in moved).year > 2025
