"""What the rows of pushed lists say of people, decrypted: only for screens that write a reading."""

from collections.abc import Iterable
from typing import Any

from closeknit.ledger.models import Event
from closeknit.measures.lists.models import Item


def told_of(items: Iterable[Item]) -> dict[str, dict[str, Any]]:
    """What the pushes of each item say, the later word before the earlier; one statement."""
    said: dict[str, dict[str, Any]] = {}
    pushes = Event.objects.filter(kind="lists.pushed", superseded_at__isnull=True, topic__in=[each.topic for each in items])
    for event in sorted(pushes.defer("digest"), key=lambda event: event.order):
        said.setdefault(event.topic, {}).update(event.told())
    return said
