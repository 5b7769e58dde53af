"""The records of a person on which an order may rest: what was said of them and their household, and results of their tubes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from closeknit.console.records.words import sentences
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.registry.models import Alias, Person

MOST, DAYS = 30, 60
NO_EVIDENCE = ("isolation", "registry", "reports", "outreach", "workforce", "ledger", "care")  # measures whose records are no ground


def offered(person: str, now: datetime) -> list[tuple[str, str]]:
    """(id, sentence) of each record of the last days that may be ticked, the latest first; of whereabouts none."""
    codes = [person, *Alias.objects.filter(reference="person", canonical=person, withdrawn_at__isnull=True).values_list("code", flat=True)]
    home = Person.objects.current().filter(code=person).values_list("household", flat=True).first() or "-"
    said = Event.objects.filter(superseded_at__isnull=True, at__gte=now - timedelta(days=DAYS)).exclude(kind__in=_unfit())
    own = list(said.filter(Q(person__in=codes) | Q(household=home, person="")).order_by("-at", "id")[:MOST])
    tubes = {event.topic for event in own if event.topic and event.kind == "testing.sampled"}
    results = list(said.filter(kind="testing.resulted", topic__in=tubes).order_by("-at", "id")[:MOST])
    events = sorted([*own, *results], key=lambda each: each.order, reverse=True)[:MOST]
    return list(zip((str(each.id) for each in events), sentences(events, whole=True, dated=True), strict=True))


def _unfit() -> Iterable[str]:
    return [kind.name for kind in kinds().values() if kind.whereabouts or kind.measure in NO_EVIDENCE]
