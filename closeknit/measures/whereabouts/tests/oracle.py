"""What the analyses must come to, in plain Python: no slots, no joins, every pair looked at."""

from collections import defaultdict
from collections.abc import Iterable

Entry = tuple[str, int, str, int]


def visits(entries: Iterable[Entry], asked: Iterable[tuple[str, int, int, int]]) -> set[tuple[str, str, int]]:
    """Where those who are asked for were."""
    return {(case, place, at) for case, who, start, end in asked for place, at, _, other in entries if other == who and start <= at <= end}


def present(entries: list[Entry], asked: list[tuple[str, int, int, int]], window_s: int) -> set[tuple[str, str, int, str, int, int]]:
    """Who else was there within the window, and how near in time at best."""
    own: dict[str, set[int]] = defaultdict(set)
    for case, who, _, _ in asked:
        own[case].add(who)
    nearest: dict[tuple[str, str, int, str, int], int] = {}
    for case, there, then in visits(entries, asked):
        for place, at, kind, who in entries:
            if place == there and who not in own[case] and abs(at - then) <= window_s:
                key = (case, place, at, kind, who)
                nearest[key] = min(abs(at - then), nearest.get(key, window_s))
    return {(*key, apart) for key, apart in nearest.items()}


def numbers(entries: list[Entry], asked: list[tuple[str, int, int, int]], window_s: int) -> set[tuple[str, int, int]]:
    """By case how many entries, of how many persons."""
    there: dict[str, list[int]] = defaultdict(list)
    for case, _, _, _, who, _ in present(entries, asked, window_s):
        there[case].append(who)
    return {(case, len(who), len(set(who))) for case, who in there.items()}


def hours(entries: Iterable[Entry]) -> set[tuple[str, int, str, int, int]]:
    """By place, hour and kind: entries, and distinct persons."""
    groups: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for place, at, kind, who in entries:
        groups[(place, at // 3600, kind)].append(who)
    return {(*key, len(who), len(set(who))) for key, who in groups.items()}
