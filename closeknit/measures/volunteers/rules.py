"""Decisions about volunteers, from values alone."""


def apart(home: str, site: str) -> int:
    """How far a home lies from a site, by the paths of their areas: 0 in the same area or below it, 1 in one beside it, and so on."""
    ours, theirs = ([code for code in path.split("/") if code] for path in (home, site))
    common = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        common += 1
    return len(theirs) - common


def state(wanted: int, taken: int, *, closed: bool, over: bool) -> str:
    """How a call stands: over, closed, full, open."""
    return "closed" if closed else "over" if over else "full" if taken >= wanted else "open"
