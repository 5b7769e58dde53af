"""How long the daily report of a district takes with all its sections, and until every unit's report is sealed and on file.

closeknit bench day [--quick] [--json] [--sqlite]

A million persons in units of 500 households; in the day whose cut-off was last, 5.1 million records: a round of testing with the way of its
tubes to their results, a sweep, people and vehicles at checkpoints, entries at venues, the units' confirmations. Register, events, reach
and tallies are filled straight (ground/filling.py), other projections are not. There is no peer. `compose_s`: the district's report, with
all that is known by the cut-off; `value`: seconds until the district's and every unit's report is sealed and written as a document.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.ground.serving import Site, run

GOAL, GOAL_COMPOSE_S = 60.0, 10.0
POOL, BOX = 10, 50
AT_POSTS = (  # kind, so many for each person, what is said
    ("checkpoints.person_checked", 1.6, {"temperature": 36.4, "colour": "green", "decision": "admitted"}),
    ("checkpoints.vehicle_checked", 0.8, {"vehicle": "car", "occupants": 2, "decision": "admitted"}),
    ("venues.entered", 1.1, {"way": "scanned", "decision": "admitted"}),
)
Rows = Callable[[int], Iterator[list[dict[str, Any]]]]


def main() -> None:
    """Fills a day, composes and seals it, and prints one line."""
    run(__doc__ or "", "day", measured, goal=GOAL, persons=(6_000, 1_000_000), settle=filled, served=False)


def day_of(now: datetime) -> date:
    """The last day whose cut-off, 17:00 in China, has passed."""
    return (now + timedelta(hours=8) - timedelta(hours=17)).date()


def filled(home: Path, county: Any, *, begins: datetime) -> None:
    """The county with one day's records, from two hours after the cut-off before."""
    from benchmarks.ground import county as ground
    from benchmarks.ground.filling import Ledger, settled_tables
    from closeknit.kit import clock
    from closeknit.reports.duty import owe
    from closeknit.reports.windows import window

    day, ledger = day_of(begins), Ledger()
    start = datetime.combine(day - timedelta(days=1), datetime.min.time(), begins.tzinfo) + timedelta(hours=11)
    ground.settle(home, county, begins=start, imported=False)
    with clock.at(start - timedelta(days=1)):
        owe(ground.COUNTY, cut_off="17:00", units=county.villages, first_day=day, last_day=None)
    for rows in (sampled(county, start), ways_of_tubes(county, start), *(at_posts(county, start, *each) for each in AT_POSTS)):
        ledger.take(rows)
    ledger.take(visited(county, start))
    ledger.take(confirmed(county, day, window(ground.COUNTY, day).end - timedelta(hours=1)))
    settled_tables()


def spread(start: datetime, number: int, of: int) -> datetime:
    """The moment of one of so many records, over twenty hours of the day."""
    return start + timedelta(seconds=72_000 * number / of)


def sampled(county: Any, start: datetime) -> Rows:
    """Nine of ten persons, ten a tube."""
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE, PERSONS_OF_A_HOME, ROUND
    from benchmarks.ground.filling import event

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for person in range(county.persons):
            if person % 10:
                home = person // PERSONS_OF_A_HOME
                tube, area = f"T{person // POOL}", county.villages[home // HOMES_OF_A_VILLAGE]
                data = {"tube": tube, "pool": POOL, "round": ROUND, "mode": "site"}
                about = {"person": f"P{person}", "household": f"H{home}", "topic": tube}
                yield [event(number, "testing.sampled", spread(start, person, county.persons), area, data, **about)]
                number += 1

    return rows


def ways_of_tubes(county: Any, start: datetime) -> Rows:
    """Each tube is sealed over nine swabs, goes in a box of fifty, and has a result; one of a thousand is positive."""
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE, PERSONS_OF_A_HOME
    from benchmarks.ground.filling import event

    tubes = county.persons // POOL

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for tube in range(tubes):
            name, at = f"T{tube}", spread(start, tube, tubes) + timedelta(minutes=30)
            area = county.villages[tube * POOL // (HOMES_OF_A_VILLAGE * PERSONS_OF_A_HOME)]
            result = {"tube": name, "result": "positive" if tube % 1000 == 7 else "negative", "lab": "LAB1", "tested_at": at.isoformat()}
            found = [("testing.tube_sealed", {"tube": name, "count": POOL - 1}, name), ("testing.resulted", result, name)]
            if tube % BOX == 0:
                box = [f"T{each}" for each in range(tube, min(tube + BOX, tubes))]
                found += [("testing.handed_over", {"tubes": box, "box": f"B{tube}", "carrier": "甲车"}, "")]
                found += [("testing.received", {"tubes": box, "lab": "LAB1"}, "")]
            yield [event(number + each, kind, at, area, data, topic=topic) for each, (kind, data, topic) in enumerate(found)]
            number += len(found)

    return rows


def at_posts(county: Any, start: datetime, kind: str, each: float, data: dict[str, Any]) -> Rows:
    """So many records of a kind for each person, at the checkpoints of all villages."""
    from benchmarks.ground.filling import event

    villages, times = county.villages, int(county.persons * each)

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for done in range(times):
            area = villages[done % len(villages)]
            yield [event(number + done, kind, spread(start, done, times), area, data, place=f"CP-{area[-4:]}")]

    return rows


def visited(county: Any, start: datetime) -> Rows:
    """Of ten households seven were met, one at the second try, two were not at home."""
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE
    from benchmarks.ground.filling import event

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for home in range(county.homes):
            area, said = county.villages[home // HOMES_OF_A_VILLAGE], ("met",) if home % 10 < 7 else ("absent", "met")[: 2 - home % 2]
            when = [spread(start, home, county.homes) + timedelta(hours=each) for each in range(len(said))]
            yield [
                event(number + each, "doorknock.visited", when[each], area, {"outcome": outcome, "leaflet": True}, household=f"H{home}")
                for each, outcome in enumerate(said)
            ]
            number += len(said)

    return rows


def confirmed(county: Any, day: date, at: datetime) -> Rows:
    """Nine of ten units confirm."""
    from benchmarks.ground.filling import event

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for each, unit in enumerate(county.villages):
            if each % 10 != 9:
                data = {"day": day.isoformat(), "unit": unit, "channel": "app"}
                yield [event(number, "reports.confirmed", at, unit, data, topic=f"{day.isoformat()}|{unit}")]
                number += 1

    return rows


def measured(site: Site) -> dict[str, Any]:
    """Seconds to compose, to seal all and to write the documents."""
    from benchmarks.ground.county import COUNTY
    from closeknit.ledger.models import Event
    from closeknit.reports.closing import seal_due
    from closeknit.reports.compose import compose
    from closeknit.reports.papers.document import document
    from closeknit.reports.papers.notes import as_sealed
    from closeknit.reports.windows import window

    day = day_of(site.now)
    frame = window(COUNTY, day)
    began = time.perf_counter()
    report = compose(COUNTY, day, as_of=frame.end)
    composed = time.perf_counter() - began
    print(f"composed in {composed:.1f} s", file=sys.stderr, flush=True)
    folder = site.home / "sealed"
    folder.mkdir()
    began = time.perf_counter()
    files = 0
    for held in seal_due(site.now):
        (folder / f"{held.area}.docx").write_bytes(document(as_sealed(held)))
        files += 1
        if files % 50 == 1:
            print(f"{files} sealed after {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    sealed = time.perf_counter() - began
    shown = {one.name: one.number for part in report.parts for one in part.figures if one.number}
    events = Event.objects.count()
    sizes = {"persons": site.county.persons, "units": len(site.county.villages), "files": files, "events": events, "figures": len(shown)}
    extent = {"compose_s": round(composed, 2), "goal_compose_s": GOAL_COMPOSE_S, "figures": shown}
    return {"value": round(sealed, 1), **extent, "sizes": sizes, "bytes_a_row": bytes_a_row(site.url)}


def bytes_a_row(url: str) -> dict[str, int]:
    """What a row of the large tables takes on the disk with its indexes; on SQLite not told by table."""
    from django.db import connection

    from closeknit.campaigns.models import Reach
    from closeknit.ledger.models import Event
    from closeknit.registry.models import Household, Person

    if url.startswith("sqlite"):
        return {}
    tables = {"event": Event, "reach": Reach, "person": Person, "household": Household}
    found = {}
    with connection.cursor() as cursor:
        for name, model in tables.items():
            cursor.execute("SELECT pg_total_relation_size(%s)", [model._meta.db_table])
            found[name] = round(cursor.fetchone()[0] / max(model._default_manager.count(), 1))
    return found


if __name__ == "__main__":
    main()
