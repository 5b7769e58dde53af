"""Up to which number the server holds every record of a device, and which are missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

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
# From the last number that is held without a hole, step by step to the next hole: as many steps as there are new numbers.
RUNS = """
WITH RECURSIVE asked (device, past) AS (VALUES {}),
run (device, seq) AS (
    SELECT device, past FROM asked
    UNION ALL SELECT device, seq + 1 FROM run
    WHERE EXISTS (SELECT 1 FROM ledger_event AS e WHERE e.device = run.device AND e.seq = run.seq + 1)
    OR EXISTS (SELECT 1 FROM ledger_refusal AS r WHERE r.device = run.device AND r.seq = run.seq + 1)
)
SELECT device, MAX(seq) FROM run GROUP BY device
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


def come(came: Mapping[str, tuple[int, Collection[int]]]) -> dict[str, tuple[int, int]]:
    """Up to where all is held of devices from which something has just come, and the last number that is held: by device up to where
    all was held before, and the numbers that came. One statement where each goes on where it was, two where something is missing; what
    they read grows with what is new, however much lies after a hole."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST.format(", ".join(["%s"] * len(came))), list(came))
        last = {device: max(event or 0, refusal or 0) for device, event, refusal in cursor.fetchall()}
    whole = {device: (max(past, last[device]), last[device]) for device, (past, _) in came.items()}
    runs = _asked(RUNS, {device: past for device, (past, seqs) in came.items() if not _goes_on(past, seqs, last[device])})
    return {**whole, **{device: (held_to, last[device]) for device, held_to in runs}}


def standings(come: Mapping[str, tuple[int, int]]) -> dict[str, Standing]:
    """The same with what is missing. It reads all that lies after a hole: for when the ledger is free again."""
    holes = _holes({device: held_to for device, (held_to, last) in come.items() if held_to < last})
    whole = {device: Standing(max(pair), ()) for device, pair in come.items()}
    return {**whole, **{device: _with_holes(found) for device, found in holes.items()}}


def _goes_on(past: int, seqs: Collection[int], last: int) -> bool:
    """Whether nothing can be missing: all from the last one that is held came just now."""
    return last - past <= len(seqs) and all(seq in seqs for seq in range(past + 1, last + 1))


def _holes(asked: Mapping[str, int]) -> dict[str, list[tuple[int, int]]]:
    """The holes of each device that has some after a number: the last one before, and the first one after."""
    holes: dict[str, list[tuple[int, int]]] = {}
    for device, earlier, seq in _asked(HOLES, asked, MOST):
        holes.setdefault(device, []).append((earlier, seq))
    return holes


def _asked(text: str, asked: Mapping[str, int], *more: int) -> list[tuple[Any, ...]]:
    """The rows of a statement about devices, each with a number; none where no device is asked about."""
    if not asked:
        return []
    rows = ", ".join(["(CAST(%s AS VARCHAR(80)), CAST(%s AS BIGINT))"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(text.format(rows), [*(each for pair in asked.items() for each in pair), *more])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _with_holes(holes: Sequence[tuple[int, int]]) -> Standing:
    return Standing(holes[0][0], list(islice(_within(holes), MOST)))


def keep(device: Device, standing: Standing) -> None:
    """Remembers how far everything has come, so that nobody looks there again, and nobody asks for what was destroyed since."""
    if standing.held_to > device.held_to:
        Device.objects.filter(pk=device.pk, held_to__lt=standing.held_to).update(held_to=standing.held_to)


def _within(holes: Iterable[tuple[int, int]]) -> Iterable[int]:
    for earlier, seq in holes:
        yield from range(earlier + 1, seq)
