"""Writing what follows from records that a transaction has accepted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from closeknit.ledger.batch import Batch, taken
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Clock, Event
from closeknit.ledger.reactions.declaring import Following, Reaction, reactions
from closeknit.ledger.wire import Push

DEEPEST = 3
DEVICE = "console:reactions"


def follow(clock: Clock, accepted: Sequence[Event]) -> None:
    """Writes what follows from accepted records, and what follows from that, within the caller's transaction."""
    for _ in range(DEEPEST):
        if not accepted:
            return
        accepted = _written(clock, [each for one in reactions() for each in _of(one, accepted)])


def _of(one: Reaction, accepted: Sequence[Event]) -> Iterable[Following]:
    kinds = names(*one.reads)
    read = [event for event in accepted if event.kind in kinds and event.superseded_at is None]
    return one.react(read) if read else ()


def _written(clock: Clock, following: Sequence[Following]) -> Sequence[Event]:
    raws = {raw["id"]: (raw, each.cause) for each in following for raw in [each.raw()]}
    held = {str(each) for each in Event.objects.filter(id__in=raws).values_list("id", flat=True)} if raws else set()
    by_hand: dict[tuple[str, datetime], list[dict[str, Any]]] = defaultdict(list)
    for number, (raw, cause) in raws.items():
        if number not in held:
            by_hand[cause.member, cause.received_at].append(raw)
    items = [
        taken(raw, Push(device=DEVICE, member=member, events=said, pushed_at=None, received_at=received_at))
        for (member, received_at), said in by_hand.items()
        for raw in said
    ]
    if not items:
        return ()
    batch = Batch(clock, items)
    batch.settle()
    return batch.accepted
