"""Who was declared, and whether somebody has verified it since."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.returnees.kinds import Declared, VerifiedSaid


def with_word(declared: QuerySet[Event], as_of: datetime | None = None, until: datetime | None = None) -> QuerySet[Event]:
    """The declarations with `is_verified`: whether somebody verified the same person or household, whenever that was."""
    found = standing(VerifiedSaid, as_of=as_of)
    found = found.filter(at__lt=until) if until else found
    done = Q(household__in=found.exclude(household="").values("household")) | Q(person__in=found.exclude(person="").values("person"))
    marked: QuerySet[Event] = declared.annotate(is_verified=ExpressionWrapper(done, output_field=BooleanField()))
    return marked


def declared(as_of: datetime | None = None) -> QuerySet[Event]:
    """The standing declarations, with `is_verified`."""
    return with_word(standing(Declared, as_of=as_of), as_of)


def verified_of(declarations: Iterable[Event]) -> dict[UUID, Event]:
    """The latest verification of each of these declarations; one statement."""
    declarations = list(declarations)
    households = {event.household for event in declarations} - {""}
    persons = {event.person for event in declarations} - {""}
    found = standing(VerifiedSaid).filter(Q(household__in=households) | Q(person__in=persons)).defer("personal", "digest")
    latest: dict[tuple[str, str], Event] = {}
    for event in sorted(found, key=lambda event: event.order):
        latest |= {("household", event.household): event, ("person", event.person): event}
    pairs = (
        (event.id, latest.get(("person", event.person or "-")) or latest.get(("household", event.household or "-")))
        for event in declarations
    )
    return {event_id: event for event_id, event in pairs if event}
