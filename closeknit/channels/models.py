"""Channels, messages, and what became of each message on each channel."""

from typing import Any

from django.db import models

from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import unseal


class Channel(models.Model):
    """One way out. `sealed` holds its address and secrets, which are never shown again; `robot` tells two of one robot."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    area = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    purposes = models.JSONField(default=list)
    automatic = models.JSONField(default=list)  # purposes that go out by themselves
    recipients = models.IntegerField(default=0)
    residents = models.BooleanField(default=False)  # it reaches the public: what is sent counts as told to them
    sealed = models.BinaryField(null=True)
    robot = models.BinaryField(max_length=16)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def told(self) -> dict[str, Any]:
        """Address and secrets, decrypted: only for sending."""
        return unseal(self.sealed, about=f"channel|{self.id}")


class Message(models.Model):
    """What is said to many: a text, and the values that a template takes. The same again is the same row."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    area = models.CharField(max_length=32)
    purpose = models.CharField(max_length=16)
    day = models.DateField()
    key = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)


class Delivery(models.Model):
    """A message on a channel: once, however often it is asked for."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNCERTAIN = "uncertain"
        BY_HAND = "by_hand"

    id = models.UUIDField(primary_key=True, default=uuid7)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    detail = models.CharField(max_length=40, blank=True)  # the other side's own number of the fault

    class Meta:
        constraints = (models.UniqueConstraint(fields=("message", "channel"), name="delivered_once"),)
        indexes = (models.Index(fields=("state", "next_at")),)
