"""Decisions about problems, from values alone."""

from datetime import date, datetime, time, timedelta, timezone

from closeknit.ledger.fields import parse_time


def due(due_at: str, found_at: datetime, default_days: int, zone: timezone) -> datetime:
    """When a problem has to be put right: what was set (a bare day lasts to its end), else so many days after it was found."""
    try:
        said = parse_time(due_at)
    except ValueError:
        return found_at + timedelta(days=default_days)
    if isinstance(said, datetime):
        return said
    assert isinstance(said, date)
    return datetime.combine(said + timedelta(days=1), time(), zone)


def is_overdue(state: str, due_by: datetime, now: datetime) -> bool:
    """Whether a problem should have been put right by now; one that is rectified waits for somebody to look."""
    return state in ("found", "handed_over", "reopened") and now >= due_by


def steps(state: str) -> tuple[tuple[str, str], ...]:
    """The records that may come next for a problem in this state: (kind, outcome where the step has one)."""
    closes, opens = ("supervision.looked_back", "closed"), ("supervision.looked_back", "reopened")
    return {
        "found": (("supervision.handed_over", ""), ("supervision.rectified", "")),
        "handed_over": (("supervision.rectified", ""), ("supervision.handed_over", "")),
        "rectified": (closes, opens),
        "reopened": (("supervision.rectified", ""), ("supervision.handed_over", "")),
        "closed": (),
    }[state]
