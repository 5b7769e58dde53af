"""How long the gap list of a grid and the coverage of a district by grid take while records come in, beside one join over the events.

closeknit bench gap [--quick] [--json] [--sqlite]

A million persons in grids of 500 households; five rounds of testing (four over, one half done) and a sweep that is half done. Register,
events and reach are filled straight (ground/filling.py). While a writer pushes records at a steady pace, the functions that the console
uses are asked one after the other, and its pages over HTTP. Peer: the same question as one statement over the register and the events,
with the indexes that the ledger has.
"""

import asyncio
import http.client
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.ground.line import at
from benchmarks.ground.serving import Client, Site, Told, run, signed_in

GOAL = 20.0
GOALS = {"list_p95_ms": 30, "coverage_p95_ms": 200}
PER_PUSH, PUSHES_A_SECOND = 20, 5
DONE = {"round-1": 50, "past-1": 95, "past-2": 95, "past-3": 95, "past-4": 95}  # of a hundred, by round; the last runs
PAGES = ("rounds.persons", "rounds.coverage", "doorknock.gaps", "doorknock.coverage")


def main() -> None:
    """Fills, asks, and prints one line."""
    run(__doc__ or "", "gap", measured, goal=GOAL, persons=(20_000, 1_000_000), settle=filled)


def filled(home: Path, county: Any, *, begins: datetime) -> None:
    """The county since yesterday, with the records of a half-done day and of four rounds before."""
    from benchmarks.ground import county as ground
    from benchmarks.ground.filling import Ledger, settled_tables
    from closeknit.campaigns.planning import plan

    began, ledger = begins - timedelta(days=1), Ledger()
    ground.settle(home, county, begins=began, imported=False)
    starts = {f"past-{number}": began - timedelta(days=number + 1) for number in range(4, 0, -1)}
    for code, start in starts.items():
        window = {"from": start, "to": start + timedelta(days=1)}
        plan({"code": code, "kind": "testing.round", "area": ground.TOWN, "targets": "persons", **window})
    for code, start in {**starts, ground.ROUND: began}.items():
        ledger.take(samples(county, code, start))
    ledger.take(visits(county, began))
    settled_tables()


def samples(county: Any, code: str, start: datetime) -> Callable[[int], Iterator[list[dict[str, Any]]]]:
    """A round's samples, ten a tube, over twenty hours."""
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE, PERSONS_OF_A_HOME
    from benchmarks.ground.filling import event

    villages, share = county.villages, DONE[code]

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for person in range(county.persons):
            if person * 7919 % 100 < share:
                home = person // PERSONS_OF_A_HOME
                at, tube = start + timedelta(seconds=72_000 * person / county.persons), f"{code}-T{number // 10}"
                data = {"tube": tube, "pool": 10, "round": code, "mode": "site"}
                about = {"person": f"P{person}", "household": f"H{home}", "topic": tube}
                yield [event(number, "testing.sampled", at, villages[home // HOMES_OF_A_VILLAGE], data, **about)]
                number += 1

    return rows


def visits(county: Any, start: datetime) -> Callable[[int], Iterator[list[dict[str, Any]]]]:
    """The sweep so far: of ten households three were met, one was met at the second try, one was not at home."""
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE
    from benchmarks.ground.filling import event

    villages, said = county.villages, (("met",), ("met",), ("met",), ("absent", "met"), ("absent",))

    def rows(number: int) -> Iterator[list[dict[str, Any]]]:
        for home in range(county.homes):
            tried = said[home % 10] if home % 10 < len(said) else ()
            at, area = start + timedelta(seconds=72_000 * home / county.homes), villages[home // HOMES_OF_A_VILLAGE]
            when = [at + timedelta(hours=each) for each in range(len(tried))]
            yield [
                event(number + each, "doorknock.visited", when[each], area, {"outcome": outcome, "leaflet": True}, household=f"H{home}")
                for each, outcome in enumerate(tried)
            ]
            number += len(tried)

    return rows


def measured(site: Site) -> dict[str, Any]:
    """Milliseconds of the functions, the pages and the joins, while records come in."""
    from benchmarks.ground.county import ROUND, SWEEP, TOWN
    from closeknit.areas.models import Area
    from closeknit.campaigns import live
    from closeknit.campaigns.models import Campaign

    times = 5 if site.quick else 40
    villages = [site.county.villages[number * 37 % len(site.county.villages)] for number in range(times)]
    campaigns, town = {each.code: each for each in Campaign.objects.current()}, Area.objects.current().get(code=TOWN)
    same_answers(campaigns[ROUND], town)
    cookie = signed_in("village_secretary", TOWN)
    functions: dict[str, Callable[[str], Any]] = {
        "list_p95_ms": lambda area: gap_list(campaigns[ROUND], area),
        "list_of_doors_p95_ms": lambda area: gap_list(campaigns[SWEEP], area),
        "coverage_p95_ms": lambda _: live.live(campaigns[ROUND], town).total.left,
        "coverage_of_doors_p95_ms": lambda _: live.live(campaigns[SWEEP], town).total.left,
    }
    with coming_in(site) as told:
        ours = {name: timed(ask, villages) for name, ask in functions.items()}
        joins = {"list": timed(joined_list, villages), "coverage": timed(lambda _: joined_coverage(), villages[: max(3, times // 8)])}
        read = {name: timed(lambda area, name=name: opened(site, name, area, cookie), villages) for name in PAGES}
    ratios = {name: round(joins[name] / ours[f"{name}_p95_ms"], 2) for name in joins}
    sizes = {"persons": site.county.persons, "grids": len(site.county.villages), "events": events_held(), "came_in": len(told.records)}
    return {
        "value": ours["coverage_p95_ms"], "peer": joins["coverage"], "ratio": ratios["coverage"], "ratio_of_list": ratios["list"], **ours,
        "peers_p95_ms": joins, "pages_p95_ms": read, "goals": GOALS, "sizes": sizes,
    }  # fmt: skip


def events_held() -> int:
    """How many records the ledger holds."""
    from closeknit.ledger.models import Event

    return Event.objects.count()


def gap_list(campaign: Any, area: str) -> int:
    """The first page of those who are left in an area, as the console's lists ask for it."""
    from django.db.models import Q

    from closeknit.campaigns import live

    left = [rows.exclude(Q(word__endswith=live.REACHED) | Q(word=live.EXCUSED)) for rows in live.listed(campaign, area)]
    parts = [rows.order_by().values("code", "area", "order", "word", "last", "tries") for rows in left]
    found = parts[0].union(*parts[1:], all=True)
    return found.count() + len(found.order_by("area", "order", "code")[:50])


def timed(ask: Callable[[str], Any], areas: Sequence[str]) -> float:
    """The p95 of the milliseconds, the first not counted."""
    from closeknit.kit.once import one_page

    taken = []
    for area in (areas[0], *areas):
        began = time.perf_counter()
        with one_page():
            ask(area)
        taken.append((time.perf_counter() - began) * 1000)
    return round(at(taken[1:], 0.95), 1)


def opened(site: Site, name: str, area: str, cookie: str) -> None:
    """A page of the console over HTTP; of coverage the whole district's."""
    from django.urls import reverse

    from benchmarks.ground.county import TOWN

    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    connection.request("GET", reverse(name, args=[TOWN if name.endswith("coverage") else area]), headers={"cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{name} was answered with {answer.status}.")


@contextmanager
def coming_in(site: Site) -> Iterator[Told]:
    """Within the block records are pushed at a steady pace."""
    from benchmarks.ground.county import pushes

    ready = pushes(site.county, PER_PUSH * PUSHES_A_SECOND * 1200, at=site.now, seqs=site.seqs, sizes=(PER_PUSH,), seed=3)
    told, over = Told(), threading.Event()

    async def push() -> None:
        client = Client(site, told)
        await client.connect()
        for device, body in ready:
            if over.is_set():
                return
            if await client.push(device, body) != 200:
                raise SystemExit("A push was refused.")
            await asyncio.sleep(1 / PUSHES_A_SECOND)

    writer = threading.Thread(target=lambda: asyncio.run(push()))
    writer.start()
    try:
        yield told
    finally:
        over.set()
        writer.join()


STANDS = """e.kind = 'testing.sampled' AND e.superseded_at IS NULL AND e.data ->> 'round' = 'round-1' AND NOT (e.person = '')"""
LIST = f"""
SELECT p.code, p.area, p.household FROM registry_person p LEFT JOIN ledger_event e ON e.person = p.code AND {STANDS}
WHERE p.retired_at IS NULL AND p.area = %s AND e.id IS NULL ORDER BY p.area, p.household, p.code
"""
COVERAGE = f"""
SELECT p.area, count(*), count(e.person) FROM registry_person p
LEFT JOIN (SELECT DISTINCT e.person FROM ledger_event e WHERE {STANDS}) e ON e.person = p.code
WHERE p.retired_at IS NULL GROUP BY p.area
"""


def joined_list(area: str) -> list[Any]:
    """Who is left in a grid, from the events."""
    return _rows(LIST, area)


def joined_coverage() -> list[Any]:
    """Area, due, reached of every grid, from the events."""
    return _rows(COVERAGE)


def _rows(text: str, *values: str) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())


def same_answers(campaign: Any, town: Any) -> None:
    """Ends the run where our coverage and the join do not say the same."""
    from closeknit.campaigns import live

    ours = {part.code: (part.due, part.reached) for part in live.live(campaign, town).parts}
    theirs = {area: (due, reached) for area, due, reached in joined_coverage()}
    if ours != theirs:
        raise SystemExit("Our coverage and the join do not say the same.")


if __name__ == "__main__":
    main()
