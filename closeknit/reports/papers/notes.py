"""What units write beside their confirmations: it may name somebody, so it stands encrypted with the seal and goes in its time."""

from datetime import datetime

from closeknit.kit.sealing import seal, unseal
from closeknit.ledger.expiry import goes_with
from closeknit.ledger.kinds import kinds
from closeknit.reports.content import Report, from_json, noted
from closeknit.reports.models import Sealed


def notes_of(report: Report) -> dict[str, str]:
    """The notes of a report, by day and unit."""
    late = [(report.late.day, unit) for unit in report.late.reports] if report.late else []
    every = [*((report.day, unit) for unit in report.units), *late]
    return {f"{day.isoformat()}|{unit.code}": unit.note for day, unit in every if unit.note}


def sealed_notes(report: Report) -> bytes | None:
    """The notes as they are stored with the seal; None where there are none."""
    return seal(notes_of(report) or None, about=f"sealed|{report.area}|{report.day.isoformat()}")


def as_sealed(held: Sealed) -> Report:
    """The report to the letter as it was sealed, with the notes that were known then; those sealed before notes were kept have none."""
    return noted(from_json(held.content), unseal(held.personal, about=f"sealed|{held.area}|{held.day.isoformat()}"))


@goes_with(lambda: kinds()["reports.confirmed"].retention)
def forget(before: datetime) -> None:
    """Destroys the notes of reports that were sealed for earlier days, with the confirmations that said them."""
    Sealed.objects.filter(ends_at__lt=before).exclude(personal=None).update(personal=None)
