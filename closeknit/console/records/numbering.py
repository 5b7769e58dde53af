"""Running numbers that people give to things: P-001, DC-007, 督查12."""

from collections.abc import Iterable


def next_number(taken: Iterable[str], latest: str, first: str = "P-001") -> str:
    """The next free number: like the latest one, after the highest that begins the same way; `first` (or after it) where there is none."""
    like = latest or first
    prefix = like.rstrip("0123456789")
    if not latest:
        like = prefix + "0" * (len(like) - len(prefix))
    numbers = {int(rest) for each in taken if each.startswith(prefix) and (rest := each.removeprefix(prefix)).isascii() and rest.isdigit()}
    width = len(like) - len(prefix) if like[len(prefix) :].startswith("0") else 1
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"
