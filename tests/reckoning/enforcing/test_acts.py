"""Inspections and acts, reckoned by other hands: findings, acts and what becomes of them, objections."""

from datetime import timedelta
from hashlib import sha256
from math import ceil
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.measures.legality.drawing import draw
from tests.reckoning.asking import disagreements, send, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.enforcing.acts import STANDS, acts_made, acts_of, findings_of, found_again, is_open, number, state_of, undecided_of
from tests.reckoning.facts import PLACE_AREA, lies_in
from tests.town import START, TOWN

SEEDS = range(3)
SECTIONS = ("inspections", "acts")
PREMISES = ("S1", "S2", "M1", "D1")
RUNS, FINDINGS = ("run-1", "run-2", " run-2", "run-3"), ("未佩戴口罩", " 未佩戴 口罩", "人员聚集", "无证经营")
ACTIONS = ("rectify", "close", "seal", "penalise")
OBJECTION_WITHIN = timedelta(hours=72)
KINDS = (*(f"inspections.{name}" for name in (
    "inspected", "looked_back", "lifted", "written", "carried_out", "objected", "objection_decided",
)), "legality.reviewed")  # fmt: skip
SERVED = "inspections.served"  # served or not, an act stands: a line of the list, not a figure


def a_day(seed: int) -> Day:
    """Runs that find and order things; orders that are set out, served, done, looked back at, lifted, objected to and set aside."""
    day = Day(seed)
    for _ in range(18):
        day.say("inspections.inspected", day.time(START - timedelta(days=4)), place=day.one(*PREMISES), run=day.one(*RUNS), **_visit(day))
    for _ in range(14):
        day.say("inspections.written", day.time(START - timedelta(days=1)), **_of_an_act(day), **_paper(day))
        day.say("inspections.carried_out", day.time(), **_of_an_act(day, "act"))
        day.say(SERVED, day.time(), **_of_an_act(day, "act"), way="handed")
    for _ in range(6):
        looked = {"outcome": day.one("closed", "closed", "reopened"), "finding": day.one(None, *FINDINGS)}
        day.say("inspections.looked_back", day.time(), place=day.one(*PREMISES), **looked)
        grounds, outcome = day.one((["no_power"], "set_aside"), (None, "legal"))
        day.say("legality.reviewed", day.time(), **_of_an_act(day, "act"), outcome=outcome, grounds=grounds, reason="已核")
    for _ in range(4):
        day.say("inspections.lifted", day.time(), place=day.one(*PREMISES), action=day.one("close", "seal"), reason="整改到位")
    for _ in range(12):
        about = _of_an_act(day, *day.one((), ("act",), ("action",), ("neither",)))
        said = day.time(START - timedelta(days=3), day.one(START - timedelta(hours=10), None))
        objection = day.say("inspections.objected", said, words="当日已整改", **about)
        if day.chance(0.5):
            decided = {"objection": objection, "outcome": day.one("upheld", "changed", "set_aside"), "reason": "属实"}
            day.say("inspections.objection_decided", day.time(said), **_of_an_act(day, "act", place=about["place"]), **decided)
    day.put_right((*KINDS, SERVED), lambda event: _better(day, event))
    return day


def _of_an_act(day: Day, *names: str, place: str = "") -> Record:
    run, action, place = day.one(*RUNS), day.one(*ACTIONS), place or day.one(*PREMISES)
    said = {"act": number(run, place, action), "action": action}
    return {"place": place, **{name: value for name, value in said.items() if name in (names or said)}}


def _visit(day: Day) -> Record:
    return {
        "actions": day.one(["none"], ["rectify"], ["rectify", "close"], ["seal"], ["penalise"]),
        "findings": day.one(None, day.random.sample(FINDINGS, 1), day.random.sample(FINDINGS, 2)),
        "manner": day.one(None, "announced", "unannounced"),
        "accompanied_by": day.one(None, None, ["市场监管所"]),
    }


def _paper(day: Day) -> Record:
    until = day.one("2022-03-18", "2022-03-20", "2022-03-25", day.time(START, START + timedelta(days=4)).isoformat())
    law = {"office": "health", "legal_basis": "《食品安全法》第一百一十条", "officers": ["甲 0001", "乙 0002"], "number": "1号"}
    return {**law, **day.one({"until": until}, {"until": until}, {"condition": "整改到位"})}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "inspections.inspected":
            return _visit(day)
        case "inspections.written":
            return {"until": None, "condition": None, **_paper(day)}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them in the contract and under Inspections and acts."""
    visits = book.counted(asked, "inspections.inspected")
    states = [state_of(book, asked, act) for act in acts_of(book, asked).values() if lies_in(PLACE_AREA[act.place], asked.area)]
    findings = [(key, entries) for key, entries in findings_of(book, asked).items() if lies_in(PLACE_AREA[key[1]], asked.area)]
    undecided = [each for each in undecided_of(book, asked) if lies_in(PLACE_AREA[each.place], asked.area)]
    against = book.counted(asked, "inspections.objection_decided", "legality.reviewed")
    return {
        "inspections.runs": len({each.data["run"].strip() for each in visits}),
        "inspections.premises": len({each.place for each in visits}),
        **{f"inspections.{action}": len({each[:2] for each in acts_made(visits) if each[2] == action}) for action in ACTIONS},
        "inspections.unannounced": len({each.data["run"].strip() for each in visits if each.data.get("manner") == "unannounced"}),
        "inspections.accompanied": len({each.data["run"].strip() for each in visits if each.data.get("accompanied_by")}),
        "inspections.findings_open": len({key[1] for key, entries in findings if is_open(book, asked, key, entries[0])}),
        "inspections.repeated": len({one[0][1] for one in findings for other in findings if found_again(*one, *other)}),
        "inspections.acts": len(set(acts_made(visits))),
        "inspections.set_aside": len({each.data["act"] for each in against if each.data["outcome"] == "set_aside"}),
        "inspections.acts_standing": sum(state in STANDS for state in states),
        "inspections.acts_unwritten": states.count("unwritten"),
        "inspections.objections_open": len(undecided),
        "inspections.objections_late": sum(asked.end - each.when >= OBJECTION_WITHIN for each in undecided),
    }  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_acts_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_acts_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_acts_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])


def test_a_draw_is_drawn_again_from_the_text(county: None):
    pushes = a_day(1).pushes()
    send(pushes)
    now, first = START + timedelta(days=9), START.date()
    with clock.at(now):
        told = draw(TOWN, first, 0.3)

    acts = acts_of(Book(pushes), Asked(TOWN, START, now, None)).items()
    held = {code for code, act in acts if lies_in(PLACE_AREA[act.place], TOWN) and act.told[0].when >= local_time(first)}
    seed = _hashed(f"{TOWN}|{first}|{told['day']}|{told['salt']}")
    drawn = sorted(held, key=lambda code: _hashed(f"{seed}|{code}"))[: ceil(0.3 * len(held))]
    assert len(held) > len(drawn) > 1
    assert (told["seed"], told["acts"], told["among"], told["of"]) == (seed, drawn, len(held), _hashed("\n".join(sorted(held))))


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
