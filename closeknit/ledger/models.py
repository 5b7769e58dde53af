"""The ledger's tables: events, what was refused, the clock of arrival, tallies, and certificates of destruction."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState

from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import unseal
from closeknit.ledger import bulk  # noqa: F401 declares the lookup `among`

TOTAL_ORDER = ("at", "received_at", "seq", "id")  # of what is said of one thing the latest wins, in this order


class Event(models.Model):
    """One thing that was said. Never changed; `superseded_at` alone is worked out from later events, and rebuilt like a projection."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()  # when it happened, by the server's clock
    said_at = models.DateTimeField()  # the same by the device's clock
    received_at = models.DateTimeField()  # when the server learned it
    arrival = models.BigIntegerField(unique=True)  # in the order of commits
    seq = models.BigIntegerField()
    device = models.CharField(max_length=80)
    member = models.CharField(max_length=80)
    area = models.CharField(max_length=32)
    person = models.CharField(max_length=80, blank=True)
    household = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    data = models.JSONField()
    personal = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=16)
    corrects = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)
    clock_error = models.FloatField(null=True)  # seconds that were added to said_at
    flags = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("kind", "at")),
            models.Index(fields=("area", "kind", "at"), name="event_area"),
            models.Index(fields=("household", "kind"), condition=~models.Q(household=""), name="event_household"),
            models.Index(fields=("person", "kind"), condition=~models.Q(person=""), name="event_person"),
            models.Index(fields=("place", "kind", "at"), condition=~models.Q(place=""), name="event_place"),
            models.Index(fields=("topic", "kind"), condition=~models.Q(topic=""), name="event_topic"),
            models.Index(fields=("corrects",), condition=models.Q(corrects__isnull=False), name="event_corrects"),
            models.Index(fields=("device", "seq")),
        )

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_: Any) -> Self:
        """As Django's own, without setting each field through the model's machinery: the ledger is read by thousands."""
        return cls._holding(dict(zip(field_names, values, strict=True)), ModelState(), db, adding=False)

    @classmethod
    def told_by(cls, **columns: Any) -> Self:
        """A new event that holds every column; the same as the constructor, for the thousands that a batch brings."""
        return cls._holding(columns, ModelState(), None, adding=True)

    @classmethod
    def _holding(cls, columns: dict[str, Any], state: ModelState, db: str | None, *, adding: bool) -> Self:
        event = cls.__new__(cls)
        state.db, state.adding = db, adding
        event.__dict__ = {"_state": state, **columns}
        return event

    @property
    def order(self) -> tuple[Any, ...]:
        """The total order in which the latest wins: when, received, seq, id."""
        return (self.at, self.received_at, self.seq, str(self.id))

    def told(self) -> dict[str, Any]:
        """All that the record says, personal fields decrypted: only for screens that write a reading."""
        return {**self.data, **unseal(self.personal, about=f"event|{self.id}")}


class Refusal(models.Model):
    """A record that was rejected, conflicts or waits: kept whole, with the field, the reason, and for a waiting one what it waits for."""

    class Status(models.TextChoices):
        REJECTED = "rejected"
        CONFLICT = "conflict"
        WAITING = "waiting"
        SETTLED = "settled"

    id = models.UUIDField(primary_key=True, default=uuid7)
    event_id = models.CharField(max_length=100)
    status = models.CharField(max_length=10, choices=Status.choices)
    field = models.CharField(max_length=60)
    reason = models.CharField(max_length=40)
    waits_for = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=32, blank=True)
    device = models.CharField(max_length=80)
    member = models.CharField(max_length=80)
    seq = models.BigIntegerField(null=True)
    pushed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    digest = models.BinaryField(max_length=16)
    body = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event_id", "digest"), name="refusal_content"),)
        indexes = (
            models.Index(fields=("waits_for",), condition=models.Q(status="waiting"), name="refusal_waiting"),
            models.Index(fields=("device", "seq")),
        )


class Clock(models.Model):
    """One row: the number of the last arrival. Who writes to the ledger holds its lock: arrivals are numbered in the order of commits."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    arrival = models.BigIntegerField(default=0)


class Count(models.Model):
    """A tally's number: how much of `name` there was in an area (at a place) in one local hour."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)
    hour = models.DateTimeField()
    number = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("name", "hour", "area", "place"), name="count_key"),)


class Destruction(models.Model):
    """The certificate that a retention class's events before `until` were destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    retention = models.CharField(max_length=20)
    until = models.DateTimeField()
    at = models.DateTimeField()
    events = models.BigIntegerField()
    kinds = models.JSONField()
    pack = models.CharField(max_length=80)
