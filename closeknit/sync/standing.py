"""Up to which number the server holds every record of a device, and which are missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from closeknit.sync.models import Device

MOST = 100
LATEST = """
SELECT code, (SELECT MAX(seq) FROM ledger_event WHERE device = code), (SELECT MAX(seq) FROM ledger_refusal WHERE device = code)
FROM sync_device WHERE code IN ({})
"""
# Of each device the numbers that are held and follow a hole, each with the last one before the hole; what is held up to is past.
HOLES = """
WITH asked (device, past) AS (VALUES {}),
held AS (
    SELECT device, past, seq FROM ledger_event JOIN asked USING (device) WHERE seq > past
    UNION ALL SELECT device, past, seq FROM ledger_refusal JOIN asked USING (device) WHERE seq > past
),
paired AS (SELECT device, seq, LAG(seq, 1, past) OVER (PARTITION BY device ORDER BY seq) AS earlier FROM held),
holes AS (SELECT device, earlier, seq, ROW_NUMBER() OVER (PARTITION BY device ORDER BY seq) AS place FROM paired WHERE seq > earlier + 1)
SELECT device, earlier, seq FROM holes WHERE place <= %s ORDER BY device, seq
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
    if holes := _holes({device: held_to}):
        return _with_holes(holes[device])
    with connection.cursor() as cursor:
        cursor.execute(LAST, {"device": device})
        return Standing(max(held_to, cursor.fetchone()[0] or 0), [])


def come(came: Mapping[str, tuple[int, Collection[int]]]) -> dict[str, Standing]:
    """What the server holds of devices from which something has just come: by device up to where all was held before, and the numbers
    that came. One statement where each goes on where it was, two where some have holes."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST.format(", ".join(["%s"] * len(came))), list(came))
        last = {device: max(event or 0, refusal or 0) for device, event, refusal in cursor.fetchall()}
    holes = _holes({device: past for device, (past, seqs) in came.items() if not _goes_on(past, seqs, last[device])})
    whole = {device: Standing(max(past, last[device]), ()) for device, (past, _) in came.items()}
    return {**whole, **{device: _with_holes(found) for device, found in holes.items()}}


def _goes_on(past: int, seqs: Collection[int], last: int) -> bool:
    """Whether nothing can be missing: all from the last one that is held came just now."""
    return last - past <= len(seqs) and all(seq in seqs for seq in range(past + 1, last + 1))


def _holes(asked: Mapping[str, int]) -> dict[str, list[tuple[int, int]]]:
    """The holes of each device that has some after a number: the last one before, and the first one after."""
    if not asked:
        return {}
    rows = ", ".join(["(CAST(%s AS VARCHAR(80)), CAST(%s AS BIGINT))"] * len(asked))
    holes: dict[str, list[tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(HOLES.format(rows), [*(each for pair in asked.items() for each in pair), MOST])
        for device, earlier, seq in cursor.fetchall():
            holes.setdefault(device, []).append((earlier, seq))
    return holes


def _with_holes(holes: Sequence[tuple[int, int]]) -> Standing:
    return Standing(holes[0][0], list(islice(_within(holes), MOST)))


def keep(device: Device, standing: Standing) -> Standing:
    """Remembers how far everything has come, so that nobody looks there again, and nobody asks for what was destroyed since."""
    if standing.held_to > device.held_to:
        Device.objects.filter(pk=device.pk, held_to__lt=standing.held_to).update(held_to=standing.held_to)
    return standing


def _within(holes: Iterable[tuple[int, int]]) -> Iterable[int]:
    for earlier, seq in holes:
        yield from range(earlier + 1, seq)
