"""Up to which number the server holds every record of a device, and which are missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from closeknit.sync.models import Device

MOST = 100
# Each number that is held and follows a hole, with the last one before the hole; one row at the end of those that are held.
HOLES = """
WITH held AS (
    SELECT seq FROM ledger_event WHERE device = %(device)s AND seq > %(past)s
    UNION ALL SELECT seq FROM ledger_refusal WHERE device = %(device)s AND seq > %(past)s
),
paired AS (SELECT seq, LAG(seq, 1, %(past)s) OVER (ORDER BY seq) AS earlier FROM held)
SELECT earlier, seq FROM paired WHERE seq > earlier + 1 ORDER BY seq LIMIT %(most)s
"""
LAST = """
SELECT MAX(last) FROM (
    SELECT MAX(seq) AS last FROM ledger_event WHERE device = %(device)s
    UNION ALL SELECT MAX(seq) AS last FROM ledger_refusal WHERE device = %(device)s
) AS both_tables
"""


@dataclass(frozen=True)
class Standing:
    """Up to which `seq` the server holds everything of a device, and the holes after it (at most 100)."""

    held_to: int
    missing: Sequence[int]


def standing_of(device: str, held_to: int = 0) -> Standing:
    """What the server holds of a device: records and what it refused alike. Up to `held_to` all is known to have come."""
    asked: dict[str, str | int] = {"device": device, "past": held_to, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(HOLES, asked)
        holes = cursor.fetchall()
        if holes:
            return Standing(holes[0][0], list(islice(_within(holes), MOST)))
        cursor.execute(LAST, asked)
        return Standing(max(held_to, cursor.fetchone()[0] or 0), [])


def keep(device: Device, standing: Standing, *, step: int = 1) -> Standing:
    """Remembers how far everything has come, once it has come `step` further, so that nobody looks there again, and nobody asks for what
    was destroyed since."""
    if standing.held_to >= device.held_to + step:
        Device.objects.filter(pk=device.pk, held_to__lt=standing.held_to).update(held_to=standing.held_to)
    return standing


def _within(holes: Iterable[tuple[int, int]]) -> Iterable[int]:
    for earlier, seq in holes:
        yield from range(earlier + 1, seq)
