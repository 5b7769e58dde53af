"""What tracing may use of the whereabouts files: nothing is said here, and nobody else asks (tests/structure/test_whereabouts.py)."""

from closeknit.measures.whereabouts.analyses import NUMBERS, PRESENT
from closeknit.measures.whereabouts.reading import Traced, asked_for, behind, entries, look

__all__ = ["NUMBERS", "PRESENT", "Traced", "asked_for", "behind", "entries", "look"]
