"""Counts verdicts in the figures' own terms."""

from collections import Counter
from collections.abc import Container

from closeknit.registry.roster.verdict import Verdict


class Count:
    """Rows by status, and persons and households by area. A household lies where the first of its rows lies and counts with at least
    one person or merged row."""

    def __init__(self) -> None:
        self.rows_read = 0
        self.statuses: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.persons: Counter[str] = Counter()
        self._lies: dict[str, str] = {}
        self._counts: set[str] = set()

    def add(self, verdict: Verdict) -> Verdict:
        """Counts a row and hands it on."""
        self.rows_read += 1
        self.statuses[verdict.status] += 1
        if verdict.reason:
            self.reasons[verdict.reason] += 1
        if verdict.household and verdict.area:
            self._lies.setdefault(verdict.household, verdict.area)
        if verdict.person:
            self._counts.add(verdict.household)
            if not verdict.canonical:
                self.persons[verdict.area] += 1
                self.changes[verdict.change] += 1
        return verdict

    def persons_in(self, areas: Container[str]) -> int:
        """Persons of these areas."""
        return sum(count for area, count in self.persons.items() if area in areas)

    def households_in(self, areas: Container[str]) -> int:
        """Households of these areas."""
        return sum(self._lies[household] in areas for household in self._counts)
