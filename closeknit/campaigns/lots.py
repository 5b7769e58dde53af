"""Drawing by lot so that nobody chooses, and anybody can draw again: a seed from its parts, an order from the seed."""

import hashlib
from collections.abc import Iterable
from math import ceil


def seed(*parts: str) -> str:
    """The seed of a draw: anybody who has its parts can make it again."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def ordered(codes: Iterable[str], seed: str) -> list[str]:
    """The codes, each once, by the digest of seed and code: the same order in whatever order they came."""
    return sorted(set(codes), key=lambda code: hashlib.sha256(f"{seed}|{code}".encode()).digest())


def drawn(codes: Iterable[str], seed: str, share: float) -> list[str]:
    """The share of the codes (rounded up) that the seed puts first."""
    line = ordered(codes, seed)
    return line[: ceil(round(len(line) * share, 9))]


def digest_of(lines: Iterable[str]) -> str:
    """A fingerprint of what was drawn from: the lines in their order of code, so that nobody can say later that it was another list."""
    return hashlib.sha256("\n".join(sorted(set(lines))).encode()).hexdigest()
