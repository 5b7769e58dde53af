"""Who needs help: from rosters, tags and finds; when they were seen; the list and its figures."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.measures.care.people import people
from closeknit.measures.care.rules import cadence, is_missed, roster_tags
from closeknit.registry.models import Person
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(days=4)


def marked(code: str, *tags: str, category: str = "") -> None:
    """As a roster marks somebody."""
    Person.objects.current().filter(code=code).update(tags=list(tags), category=category)


@pytest.fixture
def cared(field_records: Field) -> Field:
    """One lives alone, one is disabled by the words of a roster, one is tagged here, one was found without a home."""
    marked("P3", "living_alone", "key")
    marked("P5", "肢体残疾")
    marked("P1", "key")
    field_records.record("care.tagged", person="P4", data={"tag": "no_phone", "state": "set"})
    field_records.record("registry.found", area=EAST, data={"what": "person", "name": "无名", "category": "no_fixed_home"})
    return field_records


@pytest.mark.parametrize(
    ("tags", "category", "expected"),
    [
        ([], "", set()), (["key"], "resident", set()), (["living_alone", "immobile"], "", {"living_alone", "immobile"}),
        (["视力残疾", "卧床老人"], "", {"disabled", "immobile"}), ([], "no_fixed_home", {"homeless"}), (["无智能手机"], "", {"no_phone"}),
        (["空巢老人"], "", {"living_alone"}), (["流浪人员"], "", {"homeless"}),
    ],
)  # fmt: skip
def test_grd_04_the_marks_of_a_roster_say_who_needs_help(tags: list[str], category: str, expected: set[str]):
    assert roster_tags(tags, category) == expected


@pytest.mark.parametrize(
    ("tags", "last_days", "expected"),
    [
        (["living_alone"], None, (3, True)), (["living_alone"], 3, (3, False)), (["living_alone", "homeless"], 2, (1, True)),
        (["disabled"], 8, (7, True)), ([], None, (0, False)),
    ],
)  # fmt: skip
def test_the_shortest_rhythm_counts_and_who_was_never_seen_is_missed(tags: list[str], last_days: int | None, expected: tuple[int, bool]):
    every = cadence(tags, {"living_alone": 3, "homeless": 1, "disabled": 7})
    last = NOW - timedelta(days=last_days) if last_days is not None else None

    assert (every, is_missed(last, every, NOW)) == expected


def test_grd_04_liv_03_people_come_from_rosters_tags_and_finds(cared: Field):
    found = {each.code.split(":")[0]: each.tags for each in people(TOWN)}

    assert found == {"P3": ("living_alone",), "P4": ("no_phone",), "P5": ("disabled",), "found": ("homeless",)}
    assert [each.code for each in people(WEST)] == ["P3", "P4"]


def test_a_tag_that_is_taken_away_also_answers_the_roster(cared: Field):
    cared.later(minutes=1).record("care.tagged", person="P3", data={"tag": "living_alone", "state": "removed", "reason": "女儿已搬来同住"})

    assert [each.code for each in people(WEST)] == ["P4"]


def test_a_tag_is_not_taken_away_without_a_reason(cared: Field):
    (answer,) = cared.push(cared.event("care.tagged", person="P3", data={"tag": "living_alone", "state": "removed"}))

    assert (answer.status, answer.field) == ("rejected", "data.reason")


def test_liv_03_a_visit_to_the_person_or_the_home_counts_where_they_were_met(cared: Field):
    cared.record("care.visited", person="P3", data={"outcome": "absent"})
    cared.later(hours=1).record("care.visited", household="H3", data={"outcome": "met"})  # the home of P4
    by_code = {each.code: each for each in people(WEST)}

    assert (by_code["P3"].last, by_code["P3"].tried.data["outcome"]) == (None, "absent")
    assert by_code["P4"].last.household == "H3"


def codes(client: Any, query: str) -> list[str]:
    """The names that the list shows as a file."""
    text = client.get(f"/care/{TOWN}/?as=csv&at=now&{query}").content.decode("utf-8-sig")
    return [line.split(",")[0] for line in text.splitlines()[1:]]


def test_the_list_shows_who_has_waited_longest_and_a_visit_is_recorded_from_the_row(cared: Field, cast: Cast, sign_in: SignIn):
    cared.record("care.visited", person="P5", area=EAST, data={"outcome": "met"})
    client = sign_in(cast.ben)
    with clock.at(NOW):
        before = codes(client, "state=gap")
        page = client.get(f"/care/{TOWN}/?at=now").content.decode()
        form = next(each for each in re.findall(r'href="(/record/care\.visited/[^"]+)"', page) if "person=P3" in each).replace("&amp;", "&")
        hidden = dict(re.findall(r'name="(event|next)" value="([^"]*)"', client.get(form).content.decode()))
        answer = client.post(form, {**hidden, "chosen_person": "P3", "outcome": "met", "ref_area": WEST, "needs": "缺药"})
        after = codes(client, "state=gap")

    assert (before, after) == (["无名", "单田芳", "尉迟恭"], ["无名", "尉迟恭"])
    assert answer.status_code == 302


@pytest.mark.parametrize(("query", "expected"), [("tag=disabled", ["喆𬱖"]), ("q=单田芳", ["单田芳"]), ("q=没有", []), ("state=seen", [])])
def test_the_list_is_narrowed_and_searched(cared: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[str]):
    with clock.at(NOW):
        assert codes(sign_in(cast.ben), query) == expected


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("ben", 200), ("chen", 403), ("dov", 404)])
def test_who_sees_the_list(cared: Field, cast: Cast, sign_in: SignIn, who: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/care/{TOWN}/").status_code == status


def test_where_nobody_is_on_the_list_it_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "也可在此登记标签" in sign_in(cast.ben).get(f"/care/{TOWN}/").content.decode()


def told(area: str, end: datetime, as_of: datetime | None = None) -> dict[str, Any]:
    """The figures of care alone."""
    found = figures(Question(area, START, end, as_of), "care.")
    return {name.removeprefix("care."): found[name] for name in ("care.people", "care.due", "care.gap", "care.visits")}


def test_grd_04_the_figures_are_those_that_were_reckoned_by_hand(cared: Field):
    cared.record("care.visited", person="P3", data={"outcome": "met"})  # 09:00 of the first day; every 3 days
    cared.record("care.visited", person="P4", data={"outcome": "absent"})
    before = cared.now
    cared.later(days=2).record("care.visited", household="H4", area=EAST, data={"outcome": "met"})  # of P5; every 7 days

    assert told(TOWN, START + timedelta(days=3)) == {"people": 4, "due": 4, "gap": 2, "visits": 3}
    assert told(TOWN, START + timedelta(days=4)) == {"people": 4, "due": 4, "gap": 3, "visits": 3}
    assert told(TOWN, START + timedelta(days=4), before) == {"people": 4, "due": 4, "gap": 4, "visits": 2}
    assert told(WEST, START + timedelta(days=4)) == {"people": 2, "due": 2, "gap": 2, "visits": 2}
    assert told(EAST, START + timedelta(minutes=30)) == {"people": 1, "due": 1, "gap": 1, "visits": 0}
