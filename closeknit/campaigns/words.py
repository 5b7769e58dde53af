"""The last word on each target as known at a time: from the reach that is kept, and from the records for those alone that have changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from closeknit.campaigns.models import Campaign, Reach
from closeknit.campaigns.queries import FEW, subject, tries
from closeknit.campaigns.types import types
from closeknit.ledger.models import Event
from closeknit.registry.known import ever_named
from closeknit.registry.models import Alias


@dataclass(frozen=True)
class Words:
    """What was last said of the due: codes by outcome and whether the target is reached by it; `kept` the codes by a field's value."""

    said: Mapping[tuple[str, bool], set[str]]
    kept: Mapping[Any, set[str]] = field(default_factory=dict)


def words(campaign: Campaign, due: Collection[str], *, until: datetime, as_of: datetime | None = None, keeping: str = "") -> Words:
    """The last word on each of the due that was tried. keeping: a data field that the reach keeps, by whose values codes are told too.

    Reach is read before who has changed: what a record changes in between is then found among these.
    """
    columns = ("code", "outcome", "reached", *((f"data__{keeping}",) if keeping else ()))
    few = len(due) <= FEW
    rows = Reach.objects.filter(campaign=campaign.code, **({"code__among": frozenset(due)} if few else {}))
    held = [row for row in rows.order_by().values_list(*columns) if few or row[0] in due] if due else []
    stands = Campaign.objects.current().filter(id=campaign.id).exists()  # read after the reach: who plans anew folds it by the new plan
    changed = _changed(campaign, until, as_of, due if few else None) if stands else None
    if changed is None:
        return _grouped(_folded(campaign, set(due), until, as_of, keeping))
    again = changed.intersection(due)
    stays = (row for row in held if row[0] not in again) if again else held
    return _grouped([*stays, *_folded(campaign, again, until, as_of, keeping)])


def _folded(campaign: Campaign, codes: set[str], until: datetime, as_of: datetime | None, keeping: str) -> Iterable[tuple[Any, ...]]:
    """The same rows from the records themselves."""
    reads = types()[campaign.kind].outcome
    said = tries(campaign, codes, until=until, as_of=as_of) if codes else {}
    for code, events in said.items():
        yield (code, *reads(events[-1]), *((events[-1].data.get(keeping),) if keeping else ()))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Words:
    said: dict[tuple[str, bool], set[str]] = defaultdict(set)
    kept: dict[Any, set[str]] = defaultdict(set)
    for code, outcome, reached, *rest in rows:
        said[outcome, reached].add(code)
        for value in rest:
            kept[value].add(code)
    return Words(said, kept)


def _changed(campaign: Campaign, until: datetime, as_of: datetime | None, among: Collection[str] | None) -> set[str] | None:
    """Whose reach may be another than it was: by what came, was put right or got another name since. None where they are many.
    among: those who are asked for, where they are few; else all of the campaign are looked at."""
    named = subject(campaign)
    since = Q(at__gte=until)
    if as_of is not None:
        since |= Q(received_at__gt=as_of) | Q(superseded_at__gt=as_of)
    within = Event.objects.filter(kind__in=types()[campaign.kind].kind_names, at__gte=campaign.starts_at, at__lt=campaign.ends_at)
    if among is not None:
        within = within.filter(**{f"{named}__among": frozenset(ever_named(named, among))})
    codes = set(within.filter(since).order_by().values_list(named, flat=True).distinct()[: FEW + 1])
    if len(codes) > FEW:
        return None
    return ever_named(named, codes | _renamed(named, as_of))


def _renamed(named: str, as_of: datetime | None) -> set[str]:
    """Who has been merged since, or was parted again."""
    if as_of is None:
        return set()
    rows = Alias.objects.filter(Q(learned_at__gt=as_of) | Q(withdrawn_at__gt=as_of), reference=named)
    return {code for row in rows.values_list("code", "canonical") for code in row}
