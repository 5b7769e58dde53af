"""Two pushes of a hundred broken or hostile, and four clients that dribble: the honest records a second, beside those before and after.

closeknit bench hostile [--quick] [--json] [--sqlite]
"""

import asyncio
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.ground.flood import Flood, flood
from benchmarks.ground.serving import Site, answered, run

CLIENTS, EVERY, DRIBBLERS = 16, 50, 4
SIZES = (20, 50, 100)
GOAL = 0.97  # two of a hundred cost no more than their share
MOST = 8 * 2**20
Bad = tuple[str, bytes, bool]  # what it is, its body, whether it says that it is packed


def main() -> None:
    """Pushes in peace, pushes among enemies, and prints one line."""
    run(__doc__ or "", "hostile", measured, goal=GOAL, persons=(24_000, 200_000))


def measured(site: Site) -> dict[str, Any]:
    """Records a second that were recorded, among the hostile and without them; what the hostile were answered."""
    seconds = 15 if site.quick else 120
    asyncio.run(flood(site, CLIENTS, seconds / 5, sizes=SIZES))
    peace = asyncio.run(flood(site, CLIENTS, seconds, sizes=SIZES))
    told, answers = asyncio.run(_among(site, seconds, _bad(site)))
    later = asyncio.run(flood(site, CLIENTS, seconds, sizes=SIZES))  # the ledger has grown meanwhile, and is slower for it
    usual = (peace.rate + later.rate) / 2
    return {
        "value": round(told.rate), "peer": round(usual), "ratio": round(told.rate / usual, 3),
        "peers": [round(peace.rate), round(later.rate)],
        "p95_ms": round(told.at(0.95) * 1000), "peer_p95_ms": round(peace.at(0.95) * 1000),
        "refused": sum(status != 200 for status in told.replies), "answers": dict(sorted(answers.items())),
        "sizes": {"targets": site.county.persons + site.county.homes, "clients": CLIENTS, "dribblers": DRIBBLERS, "seconds": seconds},
    }  # fmt: skip


async def _among(site: Site, seconds: float, bad: Sequence[Bad]) -> tuple[Flood, Counter[str]]:
    told, answers, until = Flood(), Counter[str](), time.monotonic() + seconds
    dribbling = [_dribbles(site, until) for _ in range(DRIBBLERS)]
    await asyncio.gather(flood(site, CLIENTS, seconds, sizes=SIZES, told=told), _attacks(site, told, answers, bad, until), *dribbling)
    return told, answers


async def _attacks(site: Site, told: Flood, answers: Counter[str], bad: Sequence[Bad], until: float) -> None:
    for sent, (name, body, packed) in enumerate(cycle(bad), 1):
        while len(told.replies) < sent * EVERY:
            if time.monotonic() > until:
                return
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(_head(site, len(body), packed) + body)
        try:
            status, _answer = await answered(reader)
            answers[f"{name}: {status}"] += 1
        except (OSError, asyncio.IncompleteReadError):
            answers[f"{name}: hung up"] += 1
        writer.close()


def _bad(site: Site) -> list[Bad]:
    device = _devices(site)[0]
    wrong = {"v": "one", "device": device, "member": 7, "events": {"a": [1]}}
    many = {"device": device, "member": "W-0001", "events": [{"id": "x"}] * 100_000}
    return [
        ("too large", b" " * (MOST + 1), False), ("nested", b"[" * 200_000, False), ("bomb", gzip.compress(bytes(500_000_000)), True),
        ("no JSON", b'{"device": ', False), ("wrong types", json.dumps(wrong).encode(), False), ("no gzip", b"plain", True),
        ("100,000 events", json.dumps(many).encode(), False),
    ]  # fmt: skip


async def _dribbles(site: Site, until: float) -> None:
    while time.monotonic() < until:
        _reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(_head(site, 10_000, packed=False))
        while time.monotonic() < until and not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(1)
        writer.close()


def _head(site: Site, length: int, packed: bool) -> bytes:
    device = _devices(site)[0]
    lines = [
        "POST /api/v1/push HTTP/1.1", "host: localhost", f"authorization: Bearer {site.tokens[device]}", f"x-device: {device}",
        "content-type: application/json", f"content-length: {length}", *(["content-encoding: gzip"] if packed else []),
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _devices(site: Site) -> list[str]:
    return list(site.county.devices)[-1:]


if __name__ == "__main__":
    main()
