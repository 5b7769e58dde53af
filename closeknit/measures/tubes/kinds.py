"""What other measures may ask of tubes. Nothing is recorded here: what is said of a tube stands in `testing`."""

from closeknit.measures.tubes.models import Tube
from closeknit.measures.tubes.queries import cleared, matters, numbered, rows_of, two_tubes, why_cleared, within
from closeknit.measures.tubes.rules import REMEDIES, UNRECONCILED, hours
from closeknit.measures.tubes.words import MATTERS, RESULTS, TONES, badge

__all__ = [
    "MATTERS",
    "REMEDIES",
    "RESULTS",
    "TONES",
    "UNRECONCILED",
    "Tube",
    "badge",
    "cleared",
    "hours",
    "matters",
    "numbered",
    "rows_of",
    "two_tubes",
    "why_cleared",
    "within",
]  # fmt: skip
