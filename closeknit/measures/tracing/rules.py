"""When a person may have infected others: pure."""

from datetime import datetime, time, timedelta

from closeknit.ledger.fields import end_of, parse_time
from closeknit.policy.packs import Policy


def days_before(basis: str, pack: Policy) -> int | None:
    """How many days before the onset (the sample, the rash) the window opens; None where the pack does not reckon from it."""
    days: int | None = pack.get(f"contacts.infectious_window.before_{basis}_days")
    return days


def infectious_window(basis: str, began_at: str, apart_at: str, now: datetime, pack: Policy) -> tuple[datetime, datetime]:
    """From so many days before it began until the person was kept apart, else now; never further back than the pack looks."""
    began = parse_time(began_at)
    start = began if isinstance(began, datetime) else datetime.combine(began, time(), pack.timezone)
    opens = max(start - timedelta(days=days_before(basis, pack) or 0), now - timedelta(days=pack.get("tracing.days")))
    return opens, min(end_of(apart_at, pack.timezone) if apart_at else now, now)
