"""How far sheets were entered: the record that stands for each row, corrections followed, withdrawals seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from closeknit.ledger.models import Event
from closeknit.paper.models import Row, Sheet
from closeknit.paper.rows import ROWS

VOIDED = "ledger.voided"


def records_of(rows: Iterable[Row]) -> dict[int, Event]:
    """The record that stands for each row, by the row's number in the database; none for a row that is to be entered."""
    wanted: dict[UUID, int] = {row.event: row.pk for row in rows if row.event is not None}
    standing: dict[int, Event] = {}
    seen: set[UUID] = set()
    while wanted:
        seen |= wanted.keys()
        events = Event.objects.filter(id__in=wanted).defer("digest", "personal")
        standing |= {wanted[event.pk]: event for event in events if event.superseded_at is None}
        left = {event_id: row for event_id, row in wanted.items() if row not in standing}
        later = Event.objects.filter(corrects__in=left).exclude(kind=VOIDED).order_by("arrival").values_list("corrects", "id")
        followers = {corrected: follower for corrected, follower in later if corrected is not None and follower not in seen}
        wanted = {follower: left[corrected] for corrected, follower in followers.items()}
    return standing


@dataclass(frozen=True)
class Progress:
    """How many of a sheet's rows were entered, of how many that are awaited: those that were printed and those that were added."""

    entered: int
    awaited: int

    @property
    def is_whole(self) -> bool:
        return self.entered >= self.awaited


def progress(rows: Iterable[Row], standing: dict[int, Event]) -> Progress:
    """How far one sheet was entered."""
    rows = list(rows)
    entered = sum(1 for row in rows if row.pk in standing)
    listed = [row for row in rows if row.listed]
    added = sum(1 for row in rows if not row.listed and row.pk in standing)
    return Progress(entered, len(listed) + added if listed else ROWS)


def progress_of(sheets: Iterable[Sheet]) -> dict[str, Progress]:
    """How far each of these sheets was entered; two statements, however many sheets."""
    by_sheet: dict[str, list[Row]] = {sheet.code: [] for sheet in sheets}
    for row in Row.objects.filter(sheet__in=by_sheet).order_by("number"):
        by_sheet[row.sheet_id].append(row)
    standing = records_of(row for rows in by_sheet.values() for row in rows)
    return {code: progress(rows, standing) for code, rows in by_sheet.items()}
