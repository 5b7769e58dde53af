"""Projections: tables that can be thrown away and rebuilt from the ledger."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import models

from closeknit.ledger import bulk
from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Event

ORDER = ("at", "received_at", "seq", "event_id")
_projections: list[type["Projection"]] = []


class Projection(ABC):
    """What the standing events of some kinds come to, a row or some rows a subject.

    reads: the kinds. subject: the column of the event that names the subject (household, person, place or topic). A subclass says in
    `rows()` what the events of its subjects come to; the order in which they came must not matter. keeps_withdrawn: withdrawn events are
    folded too, for rows that are read as of an earlier time. leaves_out: the columns of events that `rows()` does not need.
    """

    reads: ClassVar[tuple[type[Said], ...]]
    subject: ClassVar[str]
    model: ClassVar[type[models.Model]]
    keeps_withdrawn: ClassVar[bool] = False
    leaves_out: ClassVar[tuple[str, ...]] = ("personal", "digest")

    @classmethod
    @abstractmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        """The rows that the standing events of any number of subjects come to; each subject's events are all there."""

    @classmethod
    def forget(cls, subjects: Sequence[str]) -> None:
        """Deletes the rows of these subjects."""
        cls.model._default_manager.filter(**{f"{cls.subject}__in": subjects}).delete()

    @classmethod
    def clear(cls) -> None:
        """Deletes all rows of the projection."""
        cls.model._default_manager.all().delete()

    @classmethod
    def all_names(cls, subjects: Iterable[str]) -> set[str]:
        """All names under which events of these subjects may stand (codes that were merged)."""
        return set(subjects)

    @classmethod
    def touched(cls, events: Iterable[Event]) -> set[str]:
        """The subjects whose rows these events may change."""
        kinds = cls.kind_names()
        return {getattr(event, cls.subject) for event in events if event.kind in kinds} - {""}

    @classmethod
    def apply(cls, new: Sequence[Event], withdrawn: Sequence[Event]) -> None:
        """Brings the rows up to date with what a batch brought and withdrew."""
        touched = cls.touched((*new, *withdrawn))
        if touched:
            cls.refold(touched)

    @classmethod
    def refold(cls, subjects: Iterable[str]) -> None:
        """Folds these subjects again from the ledger."""
        wanted = sorted(cls.all_names(subjects))
        read = Event.objects.filter(kind__in=cls.kind_names(), **{f"{cls.subject}__in": wanted})
        events = list((read if cls.keeps_withdrawn else read.filter(superseded_at__isnull=True)).defer(*cls.leaves_out))
        cls.forget(wanted)
        bulk.insert(cls.model, list(cls.rows(events)))

    @classmethod
    def rebuild(cls) -> None:
        """Throws the table away and folds the whole ledger again."""
        cls.clear()
        subjects = (
            Event.objects.filter(kind__in=cls.kind_names()).exclude(**{cls.subject: ""}).values_list(cls.subject, flat=True).distinct()
        )
        pending = list(subjects.order_by(cls.subject))
        for start in range(0, len(pending), 2000):
            cls.refold(pending[start : start + 2000])

    @classmethod
    def kind_names(cls) -> tuple[str, ...]:
        """The wire names of the kinds read."""
        return names(*cls.reads)


def projection(declared: type[Projection]) -> type[Projection]:
    """Class decorator: from here on the ledger keeps the projection up to date."""
    _projections.append(declared)
    return declared


def projections() -> Sequence[type[Projection]]:
    """All projections, in the order in which they are kept."""
    return _projections


def refold_names(reference: str, codes: Iterable[str]) -> None:
    """Folds again what is said of these households or persons, whose names the register has changed."""
    codes = list(codes)
    for each in _projections:
        if each.subject == reference:
            each.refold(codes)


def grouped(events: Sequence[Event], column: str) -> dict[str, list[Event]]:
    """The events by a column, each group in the order in which the last one is the latest."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.order):
        groups[getattr(event, column)].append(event)
    return groups
