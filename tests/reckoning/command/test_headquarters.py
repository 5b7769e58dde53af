"""Headquarters, meetings, liaison, templates and parties, reckoned by other hands."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_day
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import EAST, GRID, TOWN, WEST

SEEDS = range(3)
SECTIONS = ("headquarters", "meetings", "liaison", "schemes", "parties")
BODIES, POSTS = ("巡查专班", "后勤专班"), ("epidemic", "religious", "trunk", "resident", "work_team")
ITEMS = {"goals": ("守好门", "看好人"), "forces": ("第一书记", "守好门"), "measures": ("网格队伍组建",)}
LEVELS = (TOWN, WEST, EAST, GRID)
DAYS = ("2022-03-18", "2022-03-19", "2022-03-20")
KINDS = (
    "headquarters.formed", "headquarters.ended", "headquarters.appointed", "headquarters.relieved", "meetings.held", "meetings.decided",
    "meetings.visited", "liaison.logged", "liaison.solved", "schemes.taken", "schemes.said", "parties.named",
)  # fmt: skip


def a_day(seed: int) -> Day:
    """Bodies and posts, meetings, logs with problems, templates, parties."""
    day = Day(seed)
    _organise(day)
    for _ in range(6):
        meeting = day.say("meetings.held", day.time(), title="调度会", began_at="2022-03-18T20:00+08:00")
        day.say("meetings.decided", day.time(), meeting=meeting, decision="周末不休息")
        day.say("meetings.visited", day.time(), leader="W1", where="卡点")
    for _ in range(12):
        log = day.say("liaison.logged", day.time(), body=day.one(*BODIES), progress="已巡查", problem=day.one(None, "缺测温枪", "缺人"))
        if day.chance(0.5):
            day.say("liaison.solved", day.time(), log=log, words="已调拨")
    four = {"territory": "河口镇", "department": "市场监管所", "unit": "商店", "individual": "W1"}
    for _ in range(10):
        of = {"place": day.one("", "S1", "S2", "M1"), "problem": day.one("T1", "T2", "S1")}
        day.say("parties.named", day.time(), **of, **four)
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _organise(day: Day) -> None:
    for _ in range(12):
        area, body, when = day.one(*LEVELS), day.one(*BODIES), day.time()
        of = {"type": "task_force", "leader": day.one(None, "W1"), "until": day.one(None, None, *DAYS)}
        day.say("headquarters.formed", when, area, body=body, **of)
        if day.chance(0.4):
            day.say("headquarters.ended", day.time(when), area, body=body)
    for _ in range(20):
        area, when, who = day.one(WEST, EAST, GRID), day.time(), {"post": day.one(*POSTS, "看井"), "worker": day.one("W1", "W2")}
        day.say("headquarters.appointed", when, area, until=day.one(None, None, *DAYS), **who)
        if day.chance(0.4):
            day.say("headquarters.relieved", day.time(when), area, **who)
    for _ in range(6):
        day.say("schemes.taken", day.time(), day.one(*LEVELS), scheme=day.one("两专一好", "N"), version=1, items=_items(day))
    for _ in range(24):
        part = day.one(*ITEMS)
        of = {"scheme": day.one("两专一好", "N"), "part": part, "item": day.one(*ITEMS[part])}
        day.say("schemes.said", day.time(), day.one(*LEVELS), status=day.one("under_way", "done", "done", "not_needed"), **of)


def _items(day: Day) -> dict[str, list[str]]:
    return {part: [*ITEMS[part]] for part in day.random.sample(tuple(ITEMS), day.one(1, 2))}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "headquarters.formed":
            return {"leader": day.one(None, "W2"), "area": day.one(*LEVELS)}
        case "liaison.logged":
            return {"problem": day.one(None, "缺车")}
        case "schemes.said":
            return {"status": day.one("not_started", "done")}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Command."""
    counts = ("meetings.held", "meetings.decided", "meetings.visited", "liaison.logged")
    solved = {each.data["log"] for each in book.until(asked, "liaison.solved")}
    logs = [each for each in book.until(asked, "liaison.logged") if lies_in(each.area, asked.area) and each.data.get("problem")]
    return {
        **{kind: len(book.counted(asked, kind)) for kind in counts},
        **_bodies(book, asked),
        "liaison.problems_open": len({root for each in logs if (root := book.root(each.id)) not in solved}),
        **_schemes(book, asked),
        "parties.named": len({(each.place, each.place or each.data["problem"]) for each in book.counted(asked, "parties.named")}),
    }


def _latest(entries: Iterable[Entry], *names: str) -> dict[tuple[str, ...], Entry]:
    """Of each area and what these data say, the latest."""
    return {(each.area, *(each.data[name] for name in names)): each for each in entries}


def _bodies(book: Book, asked: Asked) -> dict[str, int]:
    today = local_day(asked.end)
    bodies = _latest(book.until(asked, "headquarters.formed", "headquarters.ended"), "body").values()
    stand = [each for each in bodies if each.kind.endswith("formed") and _lasts(each, today) and lies_in(each.area, asked.area)]
    posts = _latest(book.until(asked, "headquarters.appointed", "headquarters.relieved"), "post", "worker").values()
    held = {(each.area, each.data["post"]) for each in posts if each.kind.endswith("appointed") and _lasts(each, today)}
    return {
        "headquarters.bodies": len(stand),
        "headquarters.no_leader": sum(not each.data.get("leader") for each in stand),
        "headquarters.posts_vacant": sum((one, post) not in held for one in (WEST, EAST) if lies_in(one, asked.area) for post in POSTS),
    }


def _lasts(entry: Entry, today: date) -> bool:
    return not entry.data.get("until") or date.fromisoformat(entry.data["until"]) >= today


def _schemes(book: Book, asked: Asked) -> dict[str, int]:
    said = _latest(book.until(asked, "schemes.said"), "scheme", "part", "item")
    items = [
        said.get((area, scheme, part, name))
        for (area, scheme), each in _latest(book.until(asked, "schemes.taken"), "scheme").items()
        for part, names in each.data["items"].items()
        for name in names
        if lies_in(area, asked.area)
    ]
    still = [each for each in items if not each or each.data["status"] not in ("done", "not_needed")]
    return {"schemes.items": len(items), "schemes.items_open": len(still)}


@pytest.mark.parametrize("seed", SEEDS)
def test_headquarters_agrees(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_headquarters_notices_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_headquarters_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
