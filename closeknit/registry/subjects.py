"""Projections about households or persons: what is said under another name of somebody counts for who it proved to be."""

from collections.abc import Iterable

from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection
from closeknit.registry.kinds import FoundSaid, Merged
from closeknit.registry.known import ever_named


class OfSubject(Projection):
    """A projection whose subject is the household or the person: a merge, its withdrawal and a correction of a find fold them again."""

    heeds = (Merged, FoundSaid)

    @classmethod
    def touched(cls, events: Iterable[Event]) -> set[str]:
        events = list(events)
        renamed = [event for event in events if event.kind in names(*cls.heeds)]
        merged = {code for event in renamed for code in (getattr(event, cls.subject), event.data.get("canonical", ""))}
        corrected = {f"found:{each}" for event in renamed if event.corrects for each in (event.id, event.corrects)}
        return (super().touched(events) | corrected | merged) - {""}

    @classmethod
    def all_names(cls, subjects: Iterable[str]) -> set[str]:
        return ever_named(cls.subject, subjects)
