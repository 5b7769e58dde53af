"""Decisions about groups, from values alone."""

from collections.abc import Iterable, Sequence

RANK = ("village_secretary", "supervisor", "clerk", "village_worker", "grid_worker")


def split(members: Iterable[tuple[str, str, str]], groups: int) -> list[list[str]]:
    """Members (code, area, role) in so many small groups whose sizes differ by one at most, neighbours together. The first of each leads:
    whoever has the highest role."""
    ordered = sorted(members, key=lambda each: (each[1], each[0]))
    groups = max(1, min(groups, len(ordered)))
    size, more = divmod(len(ordered), groups)
    made, start = [], 0
    for number in range(groups):
        end = start + size + (number < more)
        part = sorted(ordered[start:end], key=lambda each: RANK.index(each[2]) if each[2] in RANK else len(RANK))
        made.append([code for code, _, _ in part])
        start = end
    return made


def wrong_groups(groups: dict[int, Sequence[str]], leaders: Iterable[str]) -> int | None:
    """The first group that has not exactly one leader; None where all have."""
    chosen = set(leaders)
    return next((number for number, members in sorted(groups.items()) if len(chosen.intersection(members)) != 1), None)
