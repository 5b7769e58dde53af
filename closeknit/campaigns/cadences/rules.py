"""When somebody is due again, from values alone."""

from datetime import date, datetime, time, timedelta, timezone

from closeknit.kit.text import Text
from closeknit.ledger.fields import parse_time
from closeknit.policy.packs import Policy

OVERDUE, DUE, LATER = "overdue", "due", "later"


def next_due(last: date | None, since: date, days: int) -> date:
    """The day on which somebody is due: so many days after the last sample, never before they joined; at once where there is none."""
    return since if last is None else max(since, last + timedelta(days=days))


def state(due: date, today: date) -> str:
    """How it stands today: the day on which one is due is not overdue yet."""
    return OVERDUE if due < today else DUE if due == today else LATER


def midnight(day: date, zone: timezone) -> datetime:
    """When a local day begins."""
    return datetime.combine(day, time(), zone)


def moment(text: str, otherwise: datetime, zone: timezone) -> datetime:
    """A time as a record says it: a bare day begins at its midnight; the other one where it says none."""
    try:
        said = parse_time(text)
    except ValueError:
        return otherwise
    return said if isinstance(said, datetime) else midnight(said, zone)


def day_after(text: str, zone: timezone) -> datetime | None:
    """The end of the day that a record says; None where it says none."""
    if not text:
        return None
    said = parse_time(text)
    return midnight((said.astimezone(zone).date() if isinstance(said, datetime) else said) + timedelta(days=1), zone)


def categories(pack: Policy) -> dict[str, Text]:
    """The categories of key populations in the pack's order."""
    return {code: Text(each["en"], each["zh"]) for code, each in dict(pack.get("routine.categories", {})).items()}


def cadence(pack: Policy, category: str, own: int | None) -> int:
    """Every how many days a group is sampled: its own word, else its category's, else what holds for all."""
    return own or int(pack.get(f"routine.categories.{category}.days", 0)) or int(pack.get("routine.cadence_days"))
