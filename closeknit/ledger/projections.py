"""Projections: tables that can be thrown away and rebuilt from the ledger."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar

from django.db import models

from closeknit.ledger import bulk
from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Event

KEPT_ORDER = ("at", "received_at", "seq", "event")  # models.TOTAL_ORDER, as rows that name their latest event keep it
PIECE = 2000  # so many subjects are folded at once
_projections: list[type["Projection"]] = []


class Projection(ABC):
    """What the standing events of some kinds come to, a row or some rows a subject.

    reads: the kinds. heeds: further kinds that `touched()` looks at. subject: the column of the event that names the subject (household,
    person, place or topic). A subclass says in `rows()` what the events of its subjects come to; the order in which they came must not
    matter. keeps_withdrawn: withdrawn events are folded too, for rows that are read as of an earlier time. leaves_out: the columns of
    events that `rows()` does not need. names_others: its rows say who bears which names; it is kept before those that read them.
    """

    reads: ClassVar[tuple[type[Said], ...]]
    heeds: ClassVar[tuple[type[Said], ...]] = ()
    subject: ClassVar[str]
    model: ClassVar[type[models.Model]]
    keeps_withdrawn: ClassVar[bool] = False
    names_others: ClassVar[bool] = False
    leaves_out: ClassVar[tuple[str, ...]] = ("personal", "digest")

    @classmethod
    @abstractmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        """The rows that the standing events of any number of subjects come to; each subject's events are all there, or the new
        ones alone where rows are put beside kept ones (`later_wins`)."""

    @classmethod
    def forget(cls, subjects: Collection[str]) -> None:
        """Deletes the rows of these subjects."""
        cls.model._default_manager.filter(**{f"{cls.subject}__among": frozenset(subjects)}).delete()

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
            cls.refold(touched, new)

    @classmethod
    def refold(cls, subjects: Iterable[str], new: Sequence[Event] = ()) -> None:
        """Folds these subjects again: `new` were inserted last and are still in hand, the ledger gives what came before them."""
        wanted = cls.all_names(subjects)
        events = cls.events_of(wanted, new)
        cls.forget(wanted)
        bulk.insert(cls.model, list(cls.rows(events)))

    @classmethod
    def events_of(cls, subjects: Collection[str], new: Sequence[Event] = (), **where: Any) -> list[Event]:
        """All that the ledger and `new` say of these subjects; of what the ledger holds only that for which `where` holds."""
        kinds, subjects = cls.kind_names(), frozenset(subjects)
        fresh = [event for event in new if event.kind in kinds and getattr(event, cls.subject) in subjects]
        held = Event.objects.filter(kind__in=kinds, **{f"{cls.subject}__among": subjects}, **where).defer(*cls.leaves_out)
        if fresh:
            held = held.exclude(id__among=frozenset(event.id for event in fresh))
        if cls.keeps_withdrawn:
            return [*held, *fresh]
        return [*held.filter(superseded_at__isnull=True), *(event for event in fresh if event.superseded_at is None)]

    @classmethod
    def rebuild(cls) -> None:
        """Throws the table away and folds the whole ledger again."""
        cls.clear()
        subjects = (
            Event.objects.filter(kind__in=cls.kind_names()).exclude(**{cls.subject: ""}).values_list(cls.subject, flat=True).distinct()
        )
        pending = list(subjects.order_by(cls.subject))
        for start in range(0, len(pending), PIECE):
            cls.refold(pending[start : start + PIECE])

    @classmethod
    def kind_names(cls) -> tuple[str, ...]:
        """The wire names of the kinds read."""
        return names(*cls.reads)

    @classmethod
    def concerns(cls, kinds: frozenset[str]) -> bool:
        """Whether events of these kinds may change a row."""
        return not kinds.isdisjoint(cls.kind_names()) or not kinds.isdisjoint(names(*cls.heeds))


def projection(declared: type[Projection]) -> type[Projection]:
    """Class decorator: from here on the ledger keeps the projection up to date."""
    _projections.append(declared)
    return declared


def projections() -> Sequence[type[Projection]]:
    """All projections, in the order in which they are kept."""
    return _projections


def later_wins(model: type[models.Model], *taken: str, added: Iterable[str] = ()) -> str:
    """What `bulk.insert` does where a row is kept already: the later of both stands, by their `KEPT_ORDER`, with its columns `taken`; the
    numbers `added` add up. So a row follows new events without reading what was said before."""
    kept = model._meta.db_table
    is_later = f"({', '.join(f'excluded.{name}' for name in KEPT_ORDER)}) > ({', '.join(f'{kept}.{name}' for name in KEPT_ORDER)})"
    sums = [f"{name} = {kept}.{name} + excluded.{name}" for name in added]
    latest = [f"{name} = CASE WHEN {is_later} THEN excluded.{name} ELSE {kept}.{name} END" for name in (*taken, *KEPT_ORDER)]
    return f"UPDATE SET {', '.join([*sums, *latest])}"


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
