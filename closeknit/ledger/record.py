"""The one door into the ledger: records are judged, made sure of, inserted, and each is answered by its id."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.db import DataError, transaction

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import unseal
from closeknit.kit.text import Text
from closeknit.ledger.batch import Answer, Batch, Item, by_seq, taken
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Clock, Event, Refusal
from closeknit.ledger.reactions.writing import follow
from closeknit.ledger.wire import Push

__all__ = ["Answer", "lock", "record", "record_many", "record_pushes", "rejudge", "told", "writing"]

NOT_STORABLE = Invalid(
    "event",
    "not_storable",
    Text(
        "The database cannot hold this record; it is kept as it came. Tell whoever runs the server.",
        "数据库无法登记该记录，已原样保存。请联系系统管理员。",
    ),
)
log = logging.getLogger("closeknit.ledger")


def record(kind: str, *, by: str, area: str, **rest: Any) -> Answer:
    """Records one event that happened now, by a member at the console; `rest` is what the wire takes (household, data, corrects …)."""
    event = {"id": str(uuid7()), "kind": kind, "area": area, "at": clock.now().isoformat(), **rest}
    return record_many([event], by=by, device=f"console:{by}")[0]


def record_many(events: Sequence[Mapping[str, Any]], *, by: str, device: str) -> list[Answer]:
    """Records events that a member made at the console; each gets the next `seq` of that console. Answers in the order of the events."""
    with writing():
        last = Event.objects.filter(device=device).order_by("-seq").values_list("seq", flat=True).first() or 0
        numbered = [{"seq": last + number, **event} for number, event in enumerate(events, 1)]
        return record_pushes([Push(device=device, member=by, events=numbered, pushed_at=None, received_at=clock.now(), live=True)])[0]


def writing() -> transaction.Atomic:
    """A transaction that may write to the ledger; nested use joins the outer one."""
    return transaction.atomic()


def lock() -> Clock:
    """Waits for the writers that have begun and holds the others back until the transaction ends; the clock of arrivals."""
    held = Clock.objects.select_for_update()
    if (row := held.filter(id=1).first()) is not None:
        return row
    Clock.objects.get_or_create(id=1)
    return held.get(id=1)


def record_pushes(pushes: Sequence[Push]) -> list[list[Answer]]:
    """Records pushes that arrived together, in the order in which they came: one transaction, durable when it returns.

    Answers for each push in the order of its events. No record ever stops another, not even one that the database cannot hold.
    """
    by_push = [[taken(raw, push) for raw in push.events] for push in pushes]
    ordered = [item for items in by_push for item in sorted(items, key=by_seq)]
    _settle(ordered)
    return [[item.answer for item in items if item.answer] for items in by_push]


def _settle(items: list[Item]) -> None:
    """Decides and writes the records. Where the database cannot hold a value that nobody foresaw, they are halved until the record with it
    is found, and that one is rejected, and kept: it would break at every attempt, and hold back all that its device has still to send."""
    try:
        with writing():
            batch = Batch(lock(), items)
            batch.settle()
            follow(batch.clock, batch.accepted)
    except DataError:
        if len(items) == 1 and items[0].invalid:
            raise
        for item in items:
            item.answer, item.refusal = None, None
        if len(items) == 1:
            log.error("The database cannot hold a record of the kind %s; it was rejected.", items[0].judged and items[0].judged.kind.name)
            items[0].invalid = NOT_STORABLE
            _settle(items)
        else:
            _settle(items[: len(items) // 2])
            _settle(items[len(items) // 2 :])


def rejudge(codes: Sequence[str] | None = None) -> int:
    """Judges again what waited for these codes, which the register has just learned (None: whatever waits). Returns how many were accepted.

    From here until the caller's transaction ends nobody records: they would not see the codes yet, and wait for them for ever."""
    if codes is not None and not codes:
        return 0
    with writing():
        arrivals = lock()
        waited_for = set(Refusal.objects.filter(status=Refusal.Status.WAITING).values_list("waits_for", flat=True))
        if codes is not None:
            waited_for.intersection_update(codes)
        if not waited_for:
            return 0
        batch = Batch(arrivals, [])
        batch.wake(waited_for, clock.now())
        batch.wake_introduced(clock.now())
        batch.write()
        follow(batch.clock, batch.accepted)
        return len(batch.accepted)


def told(refusal: Refusal) -> Any:
    """The refused record as it came, decrypted: only for screens that write a reading."""
    return msgspec.json.decode(unseal(refusal.body, about=f"refusal|{refusal.id}")["raw"])
