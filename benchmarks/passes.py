"""Signing what a phone checks without a network, and checking it, beside the bare signature in a loop.

closeknit bench passes [--quick] [--json]

What Closeknit signs are the cards of workers and helpers (sync/enrolment/cards.py): their text and an ECDSA signature over P-256. Peer:
`cryptography` signing and checking ready-made bytes with the same key. A person's status is no signed pass and there is no status list;
`least_status_list_kb` is what an exact list of a million with one of a hundred revoked takes at least (its entropy), for who builds one.
"""

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.ground.line import command, tell

GOAL = 0.5
LISTED, REVOKED = 1_000_000, 0.01


def main() -> None:
    """Signs, checks, and prints a line for each."""
    options = command(__doc__).parse_args()
    cards = 2_000 if options.quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="closeknit-passes-") as home:
        os.environ |= {"CLOSEKNIT_HOME": home, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        for told in measured(cards):
            tell(told, as_json=options.json)


def measured(number: int) -> list[dict[str, Any]]:
    """Cards a second, signed and checked, and bare signatures a second."""
    import django

    django.setup()
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256

    from closeknit.sync.enrolment.cards import read, text_of
    from closeknit.sync.enrolment.keys import pair
    from closeknit.sync.models import Card

    until = datetime.now(UTC) + timedelta(days=180)
    cards = [
        Card(kind="member", member=f"W-{each:07d}", name=f"试{each % 9973:04d}", role="village_worker", area="990101101001", until=until)
        for each in range(min(number, 10_000))
    ]
    texts = [text_of(card) for card in cards]
    bare = [text.rpartition(".")[0].encode() for text in texts]
    key, how = pair("signing"), ECDSA(SHA256(), deterministic_signing=True)
    public, signatures = key.public_key(), [key.sign(each, how) for each in bare]
    pairs = list(zip(signatures, bare, strict=True))
    few = max(1, number // 4)  # a check takes several times as long as a signature
    figures = (
        ("sign", number, rate(number, cards, text_of), rate(number, bare, lambda each: key.sign(each, how))),
        ("check", few, rate(few, texts, read), rate(few, pairs, lambda each: public.verify(*each, ECDSA(SHA256())))),
    )
    entropy = -(REVOKED * math.log2(REVOKED) + (1 - REVOKED) * math.log2(1 - REVOKED))
    rest = {"goal": GOAL, "status_list": None, "least_status_list_kb": round(LISTED * entropy / 8192, 1), "goal_status_list_kb": 15}
    return [
        {
            "name": f"passes.{name}",
            "value": round(ours),
            "peer": round(peer),
            "ratio": round(ours / peer, 3),
            **rest,
            "sizes": {"cards": times},
        }
        for name, times, ours, peer in figures
    ]


def rate(times: int, things: list[Any], do: Callable[[Any], Any]) -> float:
    """How many a second, in turn through the things."""
    began = time.perf_counter()
    for each in range(times):
        do(things[each % len(things)])
    return times / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
