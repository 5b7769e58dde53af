"""Half an hour at 70 % of what the server holds: memory and the slowest answers at the end, beside those at the beginning.

closeknit bench soak [--quick] [--json] [--sqlite]

Its limit is found first, with as many clients as find no gain in more; then as many as make seven tenths of it, with pauses.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.ground.flood import flood, requests
from benchmarks.ground.line import at
from benchmarks.ground.serving import Site, processes, run

CLIENTS, SHARE, PARTS = 16, 0.7, 6
SIZES = (20, 50, 100)
GOAL = 1.2  # the last sixth beside the second: after the first one, in which it warms up


def main() -> None:
    """Finds the limit, stays below it, and prints one line."""
    run(__doc__ or "", "soak", measured, goal=GOAL, persons=(24_000, 200_000))


def measured(site: Site) -> dict[str, Any]:
    """The slowest hundredth of the last sixth, and of the second one; the memory after each."""
    seconds = 60 if site.quick else 1800
    asyncio.run(flood(site, CLIENTS, seconds / 20, sizes=SIZES))
    limit = asyncio.run(flood(site, CLIENTS, seconds / 12, sizes=SIZES))
    every_s = CLIENTS * _mean(SIZES) / (SHARE * limit.rate)  # a round of all clients takes so long
    pages = requests(site)[:1]
    parts, memory = [], []
    for _ in range(PARTS):
        parts.append(asyncio.run(flood(site, CLIENTS, seconds / PARTS, sizes=SIZES, every_s=every_s, pages=pages)))
        memory.append(_memory_mb())
    slowest = [round(part.at(0.99) * 1000) for part in parts]
    refused = sum(status != 200 for part in parts for status in part.replies)
    return {
        "value": slowest[-1], "peer": slowest[1], "ratio": round(slowest[-1] / slowest[1], 2), "p99_ms": slowest, "memory_mb": memory,
        "memory_ratio": round(memory[-1] / memory[1], 3), "rate": [round(part.rate) for part in parts], "limit": round(limit.rate),
        "refused": refused, "read_p95_ms": [round(at(part.reads, 0.95) * 1000) for part in parts],
        "sizes": {"targets": site.county.persons + site.county.homes, "clients": CLIENTS, "seconds": seconds},
    }  # fmt: skip


def _mean(sizes: tuple[int, ...]) -> float:
    return sum(sizes) / len(sizes)


def _memory_mb() -> int:
    """What our server's processes hold of their own."""
    return round(sum(_own_kb(pid) for pid, (what, _) in processes().items() if what == "server") / 1024)


def _own_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


if __name__ == "__main__":
    main()
