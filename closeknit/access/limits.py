"""Limits that are counted in the database, exactly, whatever comes at once."""

from datetime import datetime, timedelta

from django.db.models import F

from closeknit.access.models import Allowance
from closeknit.kit import clock, sealing


def _key(purpose: str, name: str) -> str:
    return sealing.blind(name, purpose=purpose).hex()


def spend(purpose: str, name: str, *, limit: int, minutes: int) -> datetime | None:
    """Use one of `limit` in `minutes`, counted from the first. None where it was granted, else the time of the next try.

    Each step is one statement, so of many at once no more than `limit` are granted. Whoever goes on where all is used up is only read
    about: nobody else waits for them.
    """
    key, now = _key(purpose, name), clock.now()
    over = now - timedelta(minutes=minutes)
    row = Allowance.objects.filter(key=key)
    if used_up := row.filter(began_at__gt=over, used__gte=limit).first():
        return used_up.began_at + timedelta(minutes=minutes)
    Allowance.objects.get_or_create(key=key, defaults={"began_at": now, "used": 0})
    row.filter(began_at__lte=over).update(began_at=now, used=0)
    if row.filter(began_at__gt=over, used__lt=limit).update(used=F("used") + 1):
        return None
    standing = row.first()
    return (standing.began_at if standing else now) + timedelta(minutes=minutes)


def forget(purpose: str, name: str) -> None:
    """Begin anew, after a success."""
    Allowance.objects.filter(key=_key(purpose, name)).delete()
