"""A tube's row comes out the same in any order, and says what the figure says."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from closeknit.ledger import insertion
from closeknit.ledger.insertion import COLUMNS
from closeknit.ledger.models import Event
from closeknit.measures.tubes.models import Clearing, Passage, Tube
from closeknit.measures.tubes.queries import within
from closeknit.measures.tubes.rules import UNRECONCILED, conditions
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figure
from tests.town import START, TOWN, Field

pytestmark = pytest.mark.django_db
UNLIKE = {"id"}
PERSONS = ("P1", "P3", "P4", "P5")


def said(dice: random.Random, field: Field, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """Something that may be said of one of five tubes, or that something is withdrawn or put right."""
    tube, tubes = f"T{dice.randint(1, 5)}", [f"T{dice.randint(1, 5)}" for _ in range(2)]
    what = dice.randint(0, 8)
    if what == 0 and earlier:
        return field.event("ledger.voided", corrects=dice.choice(earlier)["id"], data={"reason": "重复"})
    if what == 1 and earlier and (old := dice.choice(earlier))["kind"] != "ledger.voided":
        return field.event(
            old["kind"], corrects=old["id"], data={**old["data"], "reason": "误填"}, **{k: old[k] for k in ("person",) if k in old}
        )
    if what == 2:
        return field.event("testing.tube_sealed", data={"tube": tube, "count": dice.randint(1, 3)})
    if what == 3:
        return field.event("testing.handed_over", data={"tubes": tubes, "box": "B1", "carrier": "甲车"})
    if what == 4:
        return field.event("testing.received", data={"tubes": tubes, "lab": "LAB1"})
    if what == 5:
        result = dice.choice(("negative", "inconclusive"))
        return field.event("testing.resulted", data={"tube": tube, "result": result, "lab": "LAB1", "tested_at": "2022-03-18"})
    return field.event("testing.sampled", person=dice.choice(PERSONS), data={"tube": tube, "pool": 10, "round": "r"})


def history(field: Field, seed: int) -> list[Event]:
    dice, earlier = random.Random(seed), []
    for _ in range(60):
        event = said(dice, field.later(minutes=dice.choice((0, 3, 40))), earlier)
        assert field.push(event)[0].status == "accepted"
        earlier.append(event)
    found = field.push(field.event("registry.found", data={"what": "person", "name": "船工"}, id="017f9bed-fe60-709f-9aba-bf8c286f9479"))
    code = f"found:{found[0].id}"
    field.push(field.event("testing.sampled", person=code, data={"tube": "T1", "pool": 10, "round": "r"}))
    field.push(field.event("registry.merged", person=code, data={"canonical": "P1"}))
    return list(Event.objects.order_by("arrival"))


def rows() -> list[list[dict[str, Any]]]:
    """All rows of the three tables without what is made anew."""
    found = []
    for model, order in ((Tube, "code"), (Passage, "tube"), (Clearing, "topic")):
        values = [{name: value for name, value in row.items() if name not in UNLIKE} for row in model.objects.order_by(order).values()]
        found.append(sorted(values, key=str))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_rebuild_gives_what_stands_and_so_does_any_order(field_records: Field, seed: int):
    events = history(field_records, seed)
    live = rows()

    call_command("rebuild", verbosity=0)
    rebuilt = rows()
    Event.objects.all().delete()
    for model in (Tube, Passage, Clearing):
        model.objects.all().delete()
    random.Random(seed).shuffle(events)
    for start in range(0, len(events), 7):
        some = [Event(**{name: getattr(event, name) for name in COLUMNS}) for event in events[start : start + 7]]
        for event in some:
            event.superseded_at = None
        insertion.insert(some)

    assert len(live[0]) == 5 and live[1]
    assert rebuilt == live
    assert rows()[:2] == live[:2]


@pytest.mark.parametrize("seed", range(4))
def test_the_rows_say_what_the_figure_says(field_records: Field, seed: int):
    history(field_records, seed)
    question = Question(TOWN, START, START + timedelta(days=9))
    found = figure("testing.unreconciled", question)
    assert found is not None

    wanted = conditions(policy(TOWN), START)
    rows = within(TOWN).filter(samples__gt=0)
    unreconciled = rows.filter(wanted[UNRECONCILED[0]]) | rows.filter(wanted[UNRECONCILED[1]]) | rows.filter(wanted[UNRECONCILED[2]])

    assert unreconciled.count() == found.rows(question).value()
    assert rows.count() == figure("testing.tubes", question).rows(question).value()  # type: ignore[union-attr]
