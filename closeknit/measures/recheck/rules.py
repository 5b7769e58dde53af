"""The draw, from values alone."""

import hashlib
from collections.abc import Iterable
from datetime import date
from math import ceil


def seed(campaign: str, area: str, day: date, salt: str) -> str:
    """The seed of a draw: anybody who has its four parts can make it again."""
    return hashlib.sha256("|".join((campaign, area, day.isoformat(), salt)).encode()).hexdigest()


def drawn(codes: Iterable[str], seed: str, share: float) -> list[str]:
    """The share of the codes (rounded up) that the seed puts first: sorted by the digest of seed and code, whatever order they came in."""
    ordered = sorted(set(codes), key=lambda code: hashlib.sha256(f"{seed}|{code}".encode()).digest())
    return ordered[: ceil(round(len(ordered) * share, 9))]
