"""Which lines are shown, in which order; when standing still means something; which moment is shown. No database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Rule, Watched, watch, watches
from closeknit.measures.command.now import chosen
from closeknit.measures.command.rules import lasted, lines, longest_first, most_first, stands_still

RULES = [rule for rule, _ in watches()]
NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)


def found(*names: str, cases: int = 1) -> Iterator[tuple[Rule, Watched]]:
    """What the rules find, in their order: cases for those of these names, none for others."""
    return ((rule, Watched([Case(f"{rule.name}{n}") for n in range(cases if rule.name in names else 0)])) for rule in RULES)


@pytest.mark.parametrize(
    ("names", "most", "shown", "further"),
    [
        ((), 7, [], False),
        (("registry.rows", "checkpoints.silent"), 7, ["checkpoints.silent", "registry.rows"], False),
        (("registry.rows", "checkpoints.silent"), 2, ["checkpoints.silent", "registry.rows"], False),
        (tuple(rule.name for rule in RULES), 7, [rule.name for rule in RULES[:7]], True),
        (tuple(rule.name for rule in RULES), None, [rule.name for rule in RULES], False),
        (("supervision.overdue", "doorknock.over", "venues.left"), 2, ["doorknock.over", "venues.left"], True),
    ],
)
def test_at_most_so_many_lines_the_worst_first(names: tuple[str, ...], most: int | None, shown: list[str], further: bool):
    made, more = lines(found(*names), most)

    assert ([line.rule.name for line in made], more) == (shown, further)


def test_the_order_never_goes_from_today_back_to_now():
    rank = {"bad": 0, "watch": 1, "info": 2}

    assert [rank[rule.tone] for rule in RULES] == sorted(rank[rule.tone] for rule in RULES)


def test_what_stands_behind_the_lines_is_not_reckoned():
    asked: list[str] = []

    def each() -> Iterator[tuple[Rule, Watched]]:
        for rule, watched in found(*(rule.name for rule in RULES)):
            asked.append(rule.name)
            yield rule, watched

    lines(each(), 7)

    assert asked == [rule.name for rule in RULES[:8]]  # one more tells that there are more


def test_a_line_counts_all_names_three_and_is_as_old_as_its_oldest_case():
    cases = [Case("a", since=NOON, number=4), Case("b", since=NOON - timedelta(hours=2)), Case("c"), Case("d")]
    rule = next(each for each in RULES if each.name == "doorknock.over")

    ((line,), _) = lines([(rule, Watched(cases))], 7)

    assert (line.title.of("en"), len(line.shown), line.more) == ("Sweep over, doors left: 7", 3, 1)
    assert line.since == NOON - timedelta(hours=2)


def test_what_never_was_in_order_stands_before_what_was_longest_ago():
    cases = [Case("new", since=NOON), Case("never"), Case("old", since=NOON - timedelta(days=1))]

    assert [case.name for case in longest_first(cases)] == ["never", "old", "new"]


def test_the_largest_number_first():
    assert [case.name for case in most_first([Case("a", number=1), Case("b", number=5), Case("c", number=5)])] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("clock_time", "expected"),
    [("07:59", False), ("10:59", False), ("11:00", True), ("16:30", True), ("20:59", True), ("21:00", False), ("23:30", False)],
)
def test_at_night_and_early_in_the_morning_nobody_is_silent(clock_time: str, expected: bool):
    now = datetime.combine(NOON.date(), time.fromisoformat(clock_time), UTC)

    assert stands_still(now, timedelta(hours=3), time(8), time(21)) is expected


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-180, "in 3 h"), (-30, "in 30 min"), (0, "0 min"), (119, "119 min"), (120, "2 h"), (71 * 60, "71 h"), (72 * 60, "3 days")],
)
def test_how_long_something_has_lasted_in_words(minutes: int, words: str):
    assert lasted(NOON - timedelta(minutes=minutes), NOON).of("en") == words


@pytest.mark.parametrize(
    ("age_days", "insists", "expected"),
    [(1, False, "live"), (3, False, "live"), (4, False, "last"), (4, True, "live"), (None, False, "live")],
)
def test_old_records_are_shown_as_at_the_last_of_them(age_days: int | None, insists: bool, expected: str):
    last = None if age_days is None else NOON - timedelta(days=age_days)

    now, as_of, how = chosen(NOON, last, timedelta(days=3), insists=insists)

    assert (how, as_of, now) == (expected, None, last if expected == "last" else NOON)


def test_every_rule_says_why_in_both_languages():
    assert [rule.name for rule in RULES if not (isinstance(rule.why, Text) and rule.why.en and rule.why.zh)] == []


def test_no_rule_takes_the_name_or_the_place_of_another():
    first = RULES[0]
    for taken in (replace(first, order=9_999), replace(first, name="new.rule")):
        with pytest.raises(ValueError, match="already"):
            watch(taken)
