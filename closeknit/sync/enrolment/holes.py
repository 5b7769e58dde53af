"""How many of a phone's records are missing in between, for many phones at once."""

from collections.abc import Iterable

from django.db.models import Count, Exists, Max, OuterRef, Subquery

from closeknit.ledger.models import Event, Refusal
from closeknit.sync.models import Device


def holes(devices: Iterable[str]) -> dict[str, int]:
    """By device: how many numbers below the highest that came are not here. Those with none are left out."""
    past = dict(Device.objects.filter(code__in=list(devices)).values_list("code", "held_to"))
    after = Subquery(Device.objects.filter(pk=OuterRef("device")).values("held_to"))
    known = Event.objects.filter(device=OuterRef("device"), seq=OuterRef("seq"))
    sources = (
        Event.objects.filter(device__in=past, seq__gt=after),
        Refusal.objects.filter(~Exists(known), device__in=past, seq__gt=after),
    )
    held: dict[str, int] = {}
    highest: dict[str, int] = {}
    for rows in sources:
        for code, count, top in rows.order_by().values_list("device").annotate(Count("seq", distinct=True), Max("seq")):
            held[code] = held.get(code, 0) + count
            highest[code] = max(highest.get(code, 0), top)
    missing = {code: highest[code] - past[code] - held[code] for code in held}
    return {code: count for code, count in missing.items() if count > 0}
