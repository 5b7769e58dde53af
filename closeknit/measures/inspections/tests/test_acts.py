"""What the records of one place come to, and what is wrong with an act: no database."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from closeknit.ledger.models import Event
from closeknit.measures.inspections.acts import State, act_code, fold
from closeknit.measures.inspections.powers import reaches, troubles, written_troubles
from closeknit.policy.packs import Policy, shipped

START = datetime(2022, 3, 18, tzinfo=UTC)
PACK = Policy("generic", 0, shipped("generic"))
ZONE, YEAR = PACK.timezone, timedelta(days=365)
SEAL = act_code("r1", "S1", "seal")
PAPER = {
    "act": SEAL, "action": "seal", "office": "health", "legal_basis": "x", "officers": ["甲 1", "乙 2"], "number": "1",
    "until": "2022-04-01",
}  # fmt: skip


def said(*pairs: tuple[str, dict[str, Any]]) -> list[Event]:
    """Records of one place, an hour apart; a kind's measure is inspections where none is named."""
    made = []
    for number, (kind, data) in enumerate(pairs):
        at = START + timedelta(hours=number)
        name = kind if "." in kind else f"inspections.{kind}"
        topic = data.get("act") or data.get("objection") or f"o{number}"
        made.append(
            Event(id=UUID(int=number + 1), kind=name, at=at, received_at=at, seq=number, member="W1", place="S1", topic=topic, data=data)
        )
    return made


def inspected(*actions: str, run: str = "r1", findings: Iterable[str] = ("未测量体温",)) -> tuple[str, dict[str, Any]]:
    return "inspected", {"run": run, "actions": list(actions), "findings": list(findings)}


def state(*pairs: tuple[str, dict[str, Any]], days: int = 1, action: str = "seal") -> State:
    """How the act of that action stands some days later."""
    acts = fold("S1", said(*pairs), YEAR).acts
    return acts[act_code("r1", "S1", action)].state(START + timedelta(days=days), ZONE)


SERVED = ("served", {"act": SEAL, "way": "handed"})
OBJECTED = ("objected", {"action": "seal"})


@pytest.mark.parametrize(
    ("records", "days", "expected"),
    [
        ([], 1, State.UNWRITTEN),
        ([("written", PAPER)], 1, State.UNSERVED),
        ([("written", PAPER), SERVED], 1, State.IN_FORCE),
        ([("written", PAPER), SERVED], 15, State.OVER),
        ([("written", PAPER), SERVED, ("lifted", {"action": "seal", "reason": "x"})], 1, State.LIFTED),
        ([("written", PAPER), SERVED, ("written", PAPER | {"until": "2022-04-02"})], 1, State.UNSERVED),
        ([("legality.reviewed", {"act": SEAL, "outcome": "set_aside"})], 1, State.SET_ASIDE),
        ([("legality.reviewed", {"act": SEAL, "outcome": "legal"})], 1, State.UNWRITTEN),
        ([OBJECTED, ("objection_decided", {"act": SEAL, "objection": "o1", "outcome": "set_aside"})], 1, State.SET_ASIDE),
        ([OBJECTED, ("objection_decided", {"act": SEAL, "objection": "o1", "outcome": "upheld"})], 1, State.UNWRITTEN),
    ],
)  # fmt: skip
def test_enf_10_how_an_act_stands(records: list[Any], days: int, expected: State):
    assert state(inspected("seal"), *records, days=days) is expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([("rectified", {}), ("looked_back", {"outcome": "closed"})], State.DONE),
        ([("looked_back", {"outcome": "closed", "finding": "未 测量体温"})], State.UNWRITTEN),
        ([("looked_back", {"outcome": "closed"}), ("looked_back", {"outcome": "reopened", "finding": "聚集"})], State.UNWRITTEN),
        ([("looked_back", {"outcome": "closed"}), ("looked_back", {"outcome": "reopened", "finding": "无证"})], State.DONE),
    ],
)
def test_an_order_to_correct_is_done_when_a_second_look_has_closed_every_finding_of_its_run(records: list[Any], expected: State):
    assert state(inspected("rectify", findings=["未测量体温", "聚集"]), *records, action="rectify") is expected


def test_an_objection_is_decided_also_where_a_late_record_has_moved_it_to_another_act():
    objected = ("objected", {})
    decided = ("objection_decided", {"act": act_code("r1", "S1", "seal"), "objection": "o2", "outcome": "upheld"})
    acts = fold("S1", said(inspected("seal"), inspected("close", run="r2"), objected, decided), YEAR).acts

    assert [act.objections for act in acts.values()] == [[], []]


def test_records_in_any_order_come_to_the_same():
    events = said(
        inspected("rectify", "seal"), ("written", PAPER), SERVED, OBJECTED, ("rectified", {"finding": "未测量体温"}),
        inspected("rectify", run="r2"), ("looked_back", {"outcome": "reopened"}), ("lifted", {"action": "seal", "reason": "x"}),
    )  # fmt: skip
    whole = repr(fold("S1", events, YEAR))
    random = Random(1)

    for _ in range(10):
        random.shuffle(events)
        assert repr(fold("S1", events, YEAR)) == whole


def test_the_same_finding_in_another_run_is_a_repeat_that_calls_for_more():
    runs = [inspected("rectify", run=f"r{number}", findings=["未测量体温 "]) for number in (1, 2)]
    harder = inspected("penalise", run="r3", findings=["未测量体温"])
    low = fold("S1", said(*runs), YEAR).findings
    third = fold("S1", said(*runs, harder), YEAR).findings
    long_ago = fold("S1", said(*runs), timedelta(minutes=1)).findings

    assert [(each.time, reaches(each, PACK)) for each in low] == [(1, True), (2, False)]
    assert (third[-1].time, reaches(third[-1], PACK)) == (3, False), "the third time calls for a closure"
    assert [each.time for each in long_ago] == [1, 1]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None), ({"office": "town_government"}, "office"), ({"office": "village_committee"}, "office"),
        ({"office": "nobody"}, "office"),
        ({"officers": ["甲 1"]}, "officers"), ({"officers": ["甲 1", "甲 1 "]}, "officers"), ({"until": "2022-05-30"}, "until"),
        ({"until": "2022-03-17"}, "until"), ({"until": "", "condition": "整改到位"}, None),
        ({"office": "town_government", "action": "rectify"}, None),
    ],
)  # fmt: skip
def test_enf_10_a_paper_names_an_office_with_the_power_two_officers_and_an_end(change: dict[str, Any], field: str | None):
    wrong = written_troubles(PAPER | change, START, PACK)

    assert [each.field for each in wrong] == ([field] if field else [])


def test_enf_10_a_closure_that_nobody_may_order_is_flagged_in_words_that_name_who_may():
    (act,) = fold("S1", said(inspected("close")), YEAR).acts.values()
    (wrong,) = troubles(act, START, PACK)

    assert wrong.text.of("zh-hans") == (
        "停业尚无有权机关出具文书，对当事人不具约束力。有权机关：卫生健康主管部门、市场监督管理部门、消防救援机构。请移送或补办文书。"
    )
    with translation.override("en"):
        assert "Who may: Health department, Market supervision, Fire and rescue." in str(wrong.text)


def test_an_act_without_a_finding_and_one_that_is_not_served_in_time_are_flagged():
    bare, late = (
        fold("S1", said(*pairs), YEAR).acts[SEAL] for pairs in ([inspected("seal", findings=())], [inspected("seal"), ("written", PAPER)])
    )

    assert [each.field for each in troubles(bare, START, PACK)] == ["written", "findings"]
    assert [[each.field for each in troubles(late, START + timedelta(hours=hours), PACK)] for hours in (24, 25)] == [[], ["served"]]


def test_an_act_counts_once_a_place_and_run():
    codes = [act_code(*parts) for parts in itertools.product(("r1", "r2"), ("S1", "S2"), ("seal", "close"))]

    assert len(set(codes)) == 8
    assert list(fold("S1", said(inspected("seal"), inspected("seal")), YEAR).acts) == [act_code(" r1", "S1", "seal")]
