"""Decisions about who a directive goes to, from values alone."""

from collections.abc import Iterable, Mapping


def not_below(codes: Iterable[str], sender: str, paths: Mapping[str, str]) -> list[str]:
    """Those of the codes that are no area below the sender; `paths` holds the known areas' codes from the top down, by code."""
    return [code for code in codes if code == sender or f"/{sender}/" not in paths.get(code, "")]
