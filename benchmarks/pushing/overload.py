"""Ten times as many clients as the server holds, and nobody who waits when told to: what is still recorded, beside its own limit.

closeknit bench overload [--quick] [--json] [--sqlite]

Server and database share one core, the load generator has the other. Every acknowledged record is looked for afterwards; all the while
a person's household, the village's board and a list as a file are asked for, of which the latter two may be given up.
"""

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.ground.flood import Flood, flood, requests
from benchmarks.ground.line import at
from benchmarks.ground.serving import Site, processes, run

CLIENTS, CROWD = 16, 160
GOAL = 0.9
SIZES = (300, 500)  # what a phone holds after a day in a valley


def main() -> None:
    """Finds the limit, goes over it, and prints one line."""
    run(__doc__ or "", "overload", measured, goal=GOAL, persons=(60_000, 200_000))


def measured(site: Site) -> dict[str, Any]:
    """Accepted records a second at ten times the load, and at the limit."""
    os.sched_setaffinity(0, {0})
    for each in processes():
        os.sched_setaffinity(each, {1})
    seconds = 20 if site.quick else 600
    asyncio.run(flood(site, CLIENTS, seconds / 10, sizes=SIZES))
    warm = _kept()
    limit = asyncio.run(flood(site, CLIENTS, seconds / 2, sizes=SIZES))
    over = asyncio.run(flood(site, CROWD, seconds, sizes=SIZES, pages=requests(site)))
    lost = len(limit.records) + len(over.records) - (_kept() - warm)
    sizes = {"targets": site.county.persons + site.county.homes, "clients": CLIENTS, "crowd": CROWD, "seconds": seconds}
    return {
        "value": round(over.rate), "peer": round(limit.rate), "ratio": round(over.rate / limit.rate, 3), "lost": lost,
        "replies": _counted(over), "waited_p95_s": round(over.at(0.95), 1),
        "read_p95_ms": round(at(over.reads, 0.95) * 1000), "goal_read_p95_ms": 1000,
        "pages": dict(sorted(over.pages.items())), "sizes": sizes,
    }  # fmt: skip


def _counted(told: Flood) -> dict[str, int]:
    return {str(status): number for status, number in sorted(Counter(told.replies).items())}


def _kept() -> int:
    from closeknit.ledger.models import Event

    return Event.objects.count()


if __name__ == "__main__":
    main()
