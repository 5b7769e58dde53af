"""Telling the public, reckoned by other hands: texts and their approval, uses without one, the day's plan, what was put up and sent."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_day
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOORS, lies_in
from tests.town import EAST, GRID, TOWN, WEST

SEEDS = range(3)
SECTIONS = ("outreach", "library", "broadcasts")
WRITTEN, DECIDED, PLANNED = "outreach.text_written", "outreach.text_decided", "outreach.planned"
POSTED, BROADCAST, MESSAGED, VISIT = "outreach.posted", "outreach.broadcast", "outreach.messaged", "doorknock.visited"
USES = (POSTED, BROADCAST, MESSAGED)
KINDS = (WRITTEN, DECIDED, PLANNED, *USES, VISIT)
TEXTS = ("1号", "2号", "3号", "4号")
MEDIA, CHANNELS = ("banner", "poster", "notice", "leaflet"), ("sms", "chat")
DEVICES = ("loudspeaker", "small_loudspeaker", "vehicle", "radio")
PLANS = ("banner", "loudspeaker", "radio", "sms", "home_visit")
AREAS = (TOWN, TOWN, WEST, EAST, GRID)
A_MESSAGE = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"


def a_day(seed: int) -> Day:
    """Texts that are written over, decided before and after; uses of them and of others; plans that are set twice."""
    day = Day(seed)
    for _ in range(20):
        day.say(WRITTEN, day.time(), day.one(*AREAS), text=day.one(*TEXTS), version=day.one(1, 1, 2), **_content(day))
    for _ in range(24):
        day.say(DECIDED, day.time(), day.one(*AREAS), text=day.one(*TEXTS), version=day.one(1, 1, 2), **_decision(day))
    for _ in range(20):
        day.say(POSTED, day.time(), medium=day.one(*MEDIA), quantity=day.one(1, 5), **_use(day))
        day.say(BROADCAST, day.time(), device_kind=day.one(*DEVICES), quantity=day.one(1, 2), **_use(day))
        day.say(MESSAGED, day.time(), day.one(*AREAS), channel=day.one(*CHANNELS), recipients=day.one(20, 50), **_use(day))
    for _ in range(26):
        of_day = day.one("2022-03-18", "2022-03-20")
        line = {"channel": day.one(*PLANS), "day": of_day, "text_id": day.one(None, None, *TEXTS[:2]), "quantity": day.one(0, 1, 2, 50)}
        day.say(PLANNED, day.time(), day.one(*AREAS), **line)
    day.say("registry.merged", day.time(), EAST, household="H4", canonical="J6", reference="household")
    for _ in range(16):
        day.say(VISIT, day.time(), household=day.one(*DOORS), outcome=day.one("met", "met", "absent"))
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _content(day: Day) -> Record:
    content = day.one({"words": "请扫码"}, {"words": "请扫码登记"}, {"words": "请扫码", "file": "喇叭/1.mp3"})
    return {"form": "text", "about": "prevention", "title": "通告", "file": None, **content}


def _seal(content: Record) -> str:
    told = "\n".join(content.get(name) or "" for name in ("form", "about", "title", "words", "file"))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _decision(day: Day) -> Record:
    refused = {"outcome": day.one("sent_back", "withdrawn"), "seen": None, "reason": "更正"}
    return {"outcome": "approved", "seen": _seal(_content(day))} if day.chance(0.8) else refused


def _use(day: Day) -> Record:
    return {"text_id": day.one(None, A_MESSAGE, "无此文稿", *TEXTS, *TEXTS), "version": day.one(None, None, 1, 2)}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "outreach.text_written":
            return _content(day)
        case "outreach.text_decided":
            return _decision(day)
        case "outreach.planned":
            return {"quantity": day.one(0, 1, 20)}
        case "doorknock.visited":
            return {"outcome": day.one("met", "absent")}
    return _use(day)


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Telling the public and in the contract."""
    steps = {text: [each for each in book.standing(WRITTEN, DECIDED, as_of=asked.as_of) if each.data["text"] == text] for text in TEXTS}
    before = {text: [each for each in said if each.when < asked.end] for text, said in steps.items()}
    ours = [said for said in before.values() if (area := _area(said)) and lies_in(area, asked.area)]
    uses = [each for each in book.counted(asked, *USES) if each.data.get("text_id", A_MESSAGE) != A_MESSAGE]
    plan = _plan(book, asked)
    kept = sum(_done(book, asked, *line) >= number for line, number in plan.items())
    return {
        **{f"outreach.{name}": _sum(book, asked, POSTED, "medium", name) for name in MEDIA},
        **{f"outreach.{name}": _sum(book, asked, BROADCAST, "device_kind", name) for name in DEVICES},
        "outreach.recipients": sum(each.data["recipients"] for each in book.counted(asked, MESSAGED)),
        "outreach.texts": sum("approved" in _states(said).values() for said in ours),
        "outreach.texts_waiting": sum(list(_states(said).values()).count("waiting") for said in ours),
        "outreach.uncovered": sum(not _is_covered(each, steps.get(each.data["text_id"], [])) for each in uses),
        "outreach.plan_due": len(plan),
        "outreach.plan_kept": kept,
        "outreach.plan_missing": len(plan) - kept,
    }


def _sum(book: Book, asked: Asked, kind: str, by: str, name: str) -> int:
    return sum(each.data["quantity"] for each in book.counted(asked, kind) if each.data[by] == name)


def _area(said: list[Entry]) -> str:
    """Where a text lies; "" before it exists."""
    return next((each.area for each in said if each.kind == WRITTEN), "")


def _states(said: list[Entry]) -> dict[int, str]:
    """Of each version that was written by these steps: approved, waiting, or what else was decided."""
    reads = {each.data["version"]: each.data for each in said if each.kind == WRITTEN}
    decided = {each.data["version"]: each.data for each in said if each.kind == DECIDED}
    states = {}
    for version, content in reads.items():
        last = decided.get(version, {"outcome": "approved"})
        is_stale = last["outcome"] == "approved" and last.get("seen") != _seal(content)
        states[version] = "waiting" if is_stale else last["outcome"]
    return states


def _is_covered(use: Entry, steps: list[Entry]) -> bool:
    said = [each for each in steps if each.when <= use.when]
    area, states = _area(said), _states(said)
    version = use.data.get("version")
    approved = states.get(version) == "approved" if version else "approved" in states.values()
    return bool(area) and lies_in(use.area, area) and approved


Line = tuple[str, str, str]


def _plan(book: Book, asked: Asked) -> dict[Line, int]:
    """What is planned for the last day: of an area, channel and text."""
    today = str(local_day(asked.end - timedelta(microseconds=1)))
    said = [each for each in book.until(asked, PLANNED) if each.data["day"] == today and lies_in(each.area, asked.area)]
    lines = {(each.area, each.data["channel"], each.data.get("text_id", "")): each.data["quantity"] for each in said}
    return {line: number for line, number in lines.items() if number}


def _done(book: Book, asked: Asked, area: str, channel: str, text: str) -> int:
    one = book.one_code(asked)
    today = local_day(asked.end - timedelta(microseconds=1))
    said = [each for each in book.until(asked, *USES, VISIT) if local_day(each.when) == today and lies_in(each.area, area)]
    if channel == "home_visit":
        return len({one(each.household) for each in said if each.kind == VISIT and each.data["outcome"] == "met"})
    of_text = [each for each in said if not text or each.data.get("text_id") == text]
    by = [each.data for each in of_text if channel in (each.data.get("medium"), each.data.get("device_kind"), each.data.get("channel"))]
    return sum(each.get("quantity") or each["recipients"] for each in by)


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_texts_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_texts_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
