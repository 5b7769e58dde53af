"""A generated day of isolation, and a plain reckoning of its own that does not use the fold: both must agree."""

import random
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from closeknit.measures.isodesk.tests.places import site
from closeknit.reports.figures import Question, figures
from tests.town import EAST, GRID, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db
ZONE = timezone(timedelta(hours=8))
HOME = {"P1": WEST, "P2": WEST, "P3": WEST, "P4": GRID, "P5": EAST, "P6": EAST}
BELOW = {TOWN: {WEST, GRID, EAST}, WEST: {WEST, GRID}, EAST: {EAST}}


def day(field: Field, seed: int) -> list[dict[str, Any]]:
    """Three days of records in a random order of people, some withdrawn; as plain rows."""
    chance, rows = random.Random(seed), []
    for _ in range(120):
        field.later(minutes=chance.randint(5, 60))
        person = chance.choice([*HOME])
        kind, data = chance.choice(_sayings(chance, field))
        area = EAST if kind in ("room_given",) else HOME[person]
        if kind == "objection_decided":
            open_ones = [row for row in rows if row["kind"] == "objected"]
            if not open_ones:
                continue
            chosen = chance.choice(open_ones)
            person, data = chosen["person"], data | {"objection": chosen["id"]}
        place = {"place": "ISO1"} if kind == "room_given" else {}
        event = field.record(f"isolation.{kind}", person=person, area=area, data=data, **place)
        rows.append({"id": str(event.id), "kind": kind, "person": person, "area": area, "at": field.now, "data": data})
        if chance.random() < 0.1:
            gone = rows.pop()
            field.record("ledger.voided", area=area, corrects=gone["id"], data={"reason": "x"})
    return rows


def _sayings(chance: random.Random, field: Field) -> list[tuple[str, dict[str, Any]]]:
    ends = field.now.astimezone(ZONE) + timedelta(hours=chance.randint(2, 60))
    until = chance.choice([ends.date().isoformat(), ends.isoformat()])
    order = {
        "measure": chance.choice(["central", "home", "home_monitor"]),
        "rule": "close",
        "evidence": ["x"],
        "until": until,
        "told": "paper",
    }
    moved = [("transferred", {"stage": stage, "to": chance.choice(["ISO1", "S9"])}) for stage in ("requested", "left", "arrived")]
    return [
        *[("ordered", order)] * 4, *moved, ("released", {"reason": "期满"}), ("room_given", {"room": chance.choice(["101", "102"])}),
        ("checked", {"temperature": 36.5, **chance.choice([{}, {"period": "morning"}, {"period": "evening"}])}),
        ("checked", {"temperature": 36.9}), ("objected", {"words": "x"}), ("objection_decided", {"outcome": "upheld", "reason": "x"}),
    ]  # fmt: skip


def reckoned(rows: list[dict[str, Any]], area: str, start: datetime, end: datetime) -> dict[str, int]:
    """The figures of docs/field-records.md, read word by word from the rows."""
    found = defaultdict(int)
    before = sorted((row for row in rows if row["at"] < end), key=lambda row: row["at"])
    window = [row for row in before if row["at"] >= start and row["area"] in BELOW[area]]
    found["transferred"] = len({row["person"] for row in window if row["data"].get("stage") == "arrived"})
    found["released"] = len({row["person"] for row in window if row["kind"] == "released"})
    today = (end - timedelta(microseconds=1)).astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    found["beds"] = 3 if EAST in BELOW[area] else 0
    for person, home in HOME.items():
        own = [row for row in before if row["person"] == person]
        found["inside"] += _place(own) == "ISO1" and EAST in BELOW[area]
        if home not in BELOW[area]:
            continue
        answered = {row["data"]["objection"] for row in before if row["kind"] == "objection_decided"}
        asked = [row for row in own if row["kind"] == "objected" and row["id"] not in answered]
        found["objections_open"] += len(asked)
        found["objections_late"] += sum(row["at"] + timedelta(hours=24) <= end for row in asked)
        moves = [row["data"]["stage"] for row in own if row["kind"] == "transferred"]
        found["transfers_open"] += bool(moves) and moves[-1] != "arrived"
        said = [row for row in own if row["kind"] in ("ordered", "released")]
        if not said or said[-1]["kind"] == "released":
            continue
        if _end(said[-1]["data"]["until"]) <= end:
            found["overdue_release"] += 1
            continue
        found[said[-1]["data"]["measure"]] += 1
        for period, hour in (("morning", 10), ("evening", 20)):
            if said[-1]["at"] < today.replace(hour=hour) <= end:
                found["readings_due"] += 1
                found["readings_made"] += any(row["kind"] == "checked" and row["at"] >= today and _period(row) == period for row in own)
    return found


def _place(own: list[dict[str, Any]]) -> str:
    place = ""
    for row in own:
        stage = row["data"].get("stage", "")
        if row["kind"] == "released" or (stage == "left" and row["data"]["to"] != place):
            place = ""
        elif stage == "arrived":
            place = row["data"]["to"]
        elif row["kind"] == "room_given":
            place = "ISO1"
    return place


def _end(until: str) -> datetime:
    if len(until) == 10:
        return datetime.fromisoformat(until).replace(tzinfo=ZONE) + timedelta(days=1)
    return datetime.fromisoformat(until)


def _period(row: dict[str, Any]) -> str:
    return row["data"].get("period") or ("morning" if row["at"].astimezone(ZONE).hour < 12 else "evening")


NAMES = (
    "transferred", "released", "central", "home", "home_monitor", "transfers_open", "beds", "inside", "readings_due", "readings_made",
    "overdue_release", "objections_open", "objections_late",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_iso_02_lst_05_the_figures_of_a_generated_day_are_those_of_a_plain_reckoning(field_records: Field, tmp_path: Path, seed: int):
    site(field_records, tmp_path)
    rows = day(field_records, seed)

    for area in BELOW:
        for hours in (9, 21, 33, 40, 57):
            start, end = START + timedelta(hours=hours - 24), START + timedelta(hours=hours)
            told = figures(Question(area, start, end), "isolation.")
            wanted = reckoned(rows, area, start, end)
            assert {name: told[f"isolation.{name}"] for name in NAMES} == {name: wanted[name] for name in NAMES}, (area, hours)
