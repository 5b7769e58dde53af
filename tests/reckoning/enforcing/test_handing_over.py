"""Hand-overs to departments, reviews for legality and published cases, reckoned by other hands."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import VILLAGES, lies_in
from tests.town import TOWN

SEEDS = (0, 1, 9)  # in the last a hand-over stands twice while a correction of it is on its way
SECTIONS = ("referrals", "legality", "cases")
ACTS = tuple(f"{number:012x}" for number in range(11, 19))
ANSWER_WITHIN = timedelta(hours=24)
TOLD, SUSPECTED = "inspections.department_told", "inspections.transport_suspected"
KINDS = (TOLD, SUSPECTED, "inspections.department_acted", "legality.drawn", "legality.reviewed", "cases.published")


def a_day(seed: int) -> Day:
    """Departments are told and answer; acts are drawn and reviewed; cases are drafted, sent back, published and taken down."""
    day = Day(seed)
    for number in range(18):
        what = {"department": "health", "matter": "超范围经营"} if number % 2 else {"plate": "湘U00000"}
        referral = day.say(TOLD if number % 2 else SUSPECTED, day.time(), place=day.one("CP1", "S2", "M1"), **what)
        for _ in range(day.one(0, 1, 1, 2)):
            answer = {"referral": referral, "outcome": day.one("accepted", "acting", "done", "declined")}
            day.say("inspections.department_acted", day.time(day.by_id[referral][1]), place="S1", **answer)
    for _ in range(5):
        day.say("legality.drawn", day.time(), day.one(TOWN, *VILLAGES), **_draw(day))
    for _ in range(7):
        day.say("legality.reviewed", day.time(), place=day.one("S1", "S2"), **_review(day))
    for _ in range(8):
        about = {"title": "某商店被查封", "text": "执法人员检查时发现……"}
        case = day.say("cases.drafted", day.time(), place="S1", **about)
        for _ in range(day.one(0, 1, 2)):
            day.say("cases.published", day.time(), TOWN, case=case, **about)
        day.say(day.one("cases.withdrawn", "cases.returned"), day.time(), TOWN, case=case, reason="处置已撤销")
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _draw(day: Day) -> Record:
    drawn = day.random.sample(ACTS, 3)
    list_of = {"seed": "ab" * 32, "salt": "9f2c", "day": "2022-03-18", "from_day": "2022-02-16", "of": "cd" * 32, "among": 8, "share": 0.3}
    return {**list_of, "acts": drawn, "places": ["S1", "S2", "S1"]}


def _review(day: Day) -> Record:
    grounds, outcome = day.one((["no_power"], "set_aside"), (None, "legal"))
    return {"act": day.one(*ACTS), "outcome": outcome, "grounds": grounds, "reason": "已核"}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "inspections.department_acted":
            return {"outcome": day.one("acting", "done")}
        case "legality.drawn":
            return _draw(day)
        case "legality.reviewed":
            return _review(day)
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Inspections and acts."""
    handed = {book.root(each.id): each for each in book.until(asked, TOLD, SUSPECTED)}
    answers = {each.data["referral"]: each.data["outcome"] for each in book.until(asked, "inspections.department_acted")}
    waiting = [
        each for code, each in handed.items() if answers.get(code) not in ("done", "declined") and lies_in(each.area, asked.area)
    ]  # fmt: skip
    reviews = book.counted(asked, "legality.reviewed")
    drawn = {act for each in book.until(asked, "legality.drawn") if lies_in(each.area, asked.area) for act in each.data["acts"]}
    return {
        "inspections.departments_told": len(book.counted(asked, TOLD)),
        "inspections.transport_suspected": len(book.counted(asked, SUSPECTED)),
        "inspections.referrals_open": len(waiting),
        "inspections.referrals_late": sum(asked.end - each.when >= ANSWER_WITHIN for each in waiting),
        "inspections.cases_published": len({each.data["case"] for each in book.counted(asked, "cases.published")}),
        "legality.reviewed": len({each.data["act"] for each in reviews}),
        "legality.set_aside": len({each.data["act"] for each in reviews if each.data["outcome"] == "set_aside"}),
        "legality.waiting": len(drawn - {each.data["act"] for each in book.until(asked, "legality.reviewed")}),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_handing_over_agrees(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_handing_over_notices_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_handing_over_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
