"""A status follows from rules in their order, each with its evidence and its end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from closeknit.measures.passes.rules import Known, Sampling, Status, status
from closeknit.policy.packs import Policy

AT = datetime(2022, 3, 18, 8, tzinfo=UTC)
ASKS: dict[str, Any] = {
    "passes": {"asks": ["doses", "test", "result", "order"], "positive_days": 10, "doses": 0},
    "test_validity": {"gate_h": 48, "validity_from": "report", "exempt_age_under": 3},
}


def a_test(hours_ago: float, result: str = "negative", pool: int = 10, waited: float = 6) -> Sampling:
    found = AT - timedelta(hours=hours_ago)
    return Sampling(found - timedelta(hours=waited), found, pool, result, (f"sample {hours_ago}", f"result {hours_ago}"))


def of(known: Known, **changes: Any) -> Status:
    values = {name: {**part, **changes.get(name, {})} for name, part in ASKS.items()}
    return status(known, Policy("p", 1, values), AT)


@pytest.mark.parametrize(
    ("known", "word", "rule", "until", "evidence"),
    [
        (Known(), "limited", "test", None, 0),
        (Known(tests=[a_test(47)]), "free", "test", AT + timedelta(hours=1), 2),
        (Known(tests=[a_test(48)]), "limited", "test", None, 2),
        (Known(tests=[a_test(1, "inconclusive")]), "limited", "again", None, 2),
        (Known(tests=[a_test(1, "positive", 10)]), "limited", "again", None, 2),
        (Known(tests=[a_test(24, "positive", 1), a_test(1, "negative", 10)]), "apart", "result", AT + timedelta(days=9), 2),
        (Known(tests=[a_test(24, "positive", 1), a_test(1, "negative", 1)]), "free", "test", AT + timedelta(hours=47), 2),
        (Known(tests=[a_test(241, "positive", 1), a_test(1)]), "free", "test", AT + timedelta(hours=47), 2),
        (Known(ordered_until=AT + timedelta(days=2), order="o", tests=[a_test(1)]), "apart", "order", AT + timedelta(days=2), 1),
        (Known(ordered_until=AT, order="o", tests=[a_test(1)]), "free", "test", AT + timedelta(hours=47), 2),
        (Known(born=date(2019, 3, 19)), "free", "", None, 0),
        (Known(born=date(2019, 3, 18)), "limited", "test", None, 0),
    ],
)
def test_the_first_rule_that_says_something_decides(known: Known, word: str, rule: str, until: datetime | None, evidence: int):
    found = of(known)

    assert (found.word, found.rule, found.until, len(found.evidence)) == (word, rule, until, evidence)
    assert found.why.zh and found.next.zh and found.label.zh, "never a colour alone"


def test_a_pack_that_counts_from_the_sampling_ends_it_earlier():
    known = Known(tests=[a_test(1, waited=6)])

    assert of(known, test_validity={"validity_from": "sampling"}).until == AT + timedelta(hours=41)


@pytest.mark.parametrize(("doses", "word"), [(2, "limited"), (3, "free")])
def test_doses_count_only_where_the_pack_asks(doses: int, word: str):
    known = Known(tests=[a_test(1)], doses=doses, dose="d")

    assert (of(known, passes={"doses": 3}).word, of(known).word) == (word, "free")


@pytest.mark.parametrize("asks", [[], ["order"]])
def test_what_the_pack_does_not_ask_limits_nobody(asks: list[str]):
    assert of(Known(tests=[a_test(1, "positive", 1)]), passes={"asks": asks}).word == "free"
