"""How long a phone's pull takes, and how many bytes: the first one of a grid, and one with nothing new; a JSON line each.

python benchmarks/pull.py [--households 400] [--persons 1100] [--quick]
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["CLOSEKNIT_HOME"] = tempfile.mkdtemp(prefix="closeknit-pull-")
os.environ["DJANGO_SETTINGS_MODULE"] = "closeknit.settings"


def medians(what: Callable[[], bytes], times: int) -> tuple[float, bytes]:
    """The median of the seconds, and the last answer."""
    taken, told = [], b""
    for _ in range(times):
        began = time.perf_counter()
        told = what()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), told


def main() -> None:
    """Builds a village with one large grid, and pulls for its worker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=400)
    parser.add_argument("--persons", type=int, default=1_100)
    parser.add_argument("--quick", action="store_true", help="a few pulls, as a smoke test")
    options = parser.parse_args()

    import django

    django.setup()
    measure(options.households, options.persons, 3 if options.quick else 20)


def measure(households: int, persons: int, times: int) -> None:
    """Prints a line for each sort of pull, and their ratio."""
    import msgspec
    from django.core.management import call_command

    from closeknit.kit import clock
    from closeknit.sync.assignment.answer import pull
    from closeknit.sync.assignment.tests.big import fill
    from closeknit.sync.assignment.tests.phone import phone_of, work_as
    from tests.town import GRID, START, Field, build

    call_command("migrate", verbosity=0)
    folder = Path(os.environ["CLOSEKNIT_HOME"])
    build(folder)
    fill(folder, GRID, households=households, persons=persons)
    field = Field()
    for first in range(0, households // 2, 500):
        doors = range(first, min(first + 500, households // 2))
        field.push(*(field.event("doorknock.visited", household=f"B{each:04d}", data={"outcome": "met"}) for each in doors))
    work_as("W1", "grid_worker", area=GRID)
    phone = phone_of("W1")

    def asked(have: dict[str, str], arrival: int | None) -> bytes:
        body = json.dumps({"card": phone.card, "have": have, "arrival": arrival}).encode()
        with clock.at(START):
            return gzip.compress(msgspec.json.encode(pull(body, device=phone.device, token=phone.token)), compresslevel=6, mtime=0)

    first_s, first_told = medians(lambda: asked({}, None), times)
    phone.pull(at=START)
    later_s, later_told = medians(lambda: asked(phone.digests, phone.arrival), times)
    size = {"households": households, "persons": persons}
    print(json.dumps({"pull": "first", **size, "seconds": round(first_s, 3), "gzip_bytes": len(first_told)}))
    print(json.dumps({"pull": "nothing new", **size, "seconds": round(later_s, 3), "gzip_bytes": len(later_told)}))
    print(json.dumps({"ratio_seconds": round(first_s / later_s, 1), "ratio_bytes": round(len(first_told) / len(later_told))}))


if __name__ == "__main__":
    main()
