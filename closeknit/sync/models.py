"""Devices that may push, how they were enrolled, the cards that say who holds one, and the letters they sent sealed."""

import secrets

from django.db import models

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind


class Device(models.Model):
    """An enrolled device. Pushes name its code and bring its token; a revoked one's are refused."""

    code = models.CharField(max_length=80, primary_key=True)
    token_digest = models.BinaryField(max_length=16)
    label = models.CharField(max_length=80, blank=True)  # what the phone calls itself: `Chrome on Android`
    member = models.CharField(max_length=80, blank=True)  # for whom it was enrolled
    area = models.CharField(max_length=32)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    revoked_why = models.CharField(max_length=200, blank=True)
    held_to = models.BigIntegerField(default=0)  # up to here everything came once, whatever was destroyed since
    # What the phone said of itself when it last called; None: it never said.
    last_seen_at = models.DateTimeField(null=True)
    app = models.CharField(max_length=40, blank=True)
    unsent = models.IntegerField(null=True)
    last_seq = models.BigIntegerField(null=True)
    persisted = models.BooleanField(null=True)
    clock_error_s = models.FloatField(null=True)  # what has to be added to its clock
    last_record_at = models.DateTimeField(null=True)


class Card(models.Model):
    """Who may hold a device: a member, or somebody who helps for one shift at one place."""

    class Kind(models.TextChoices):
        MEMBER = "member"
        SHIFT = "shift"

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    member = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (models.Index(fields=("member",)),)


class Invitation(models.Model):
    """A code that lets one phone enrol itself, once. Of the code and of the phone's token only digests are kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code_digest = models.BinaryField(max_length=16, unique=True)
    area = models.CharField(max_length=32)
    card = models.ForeignKey(Card, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    token_digest = models.BinaryField(max_length=16, null=True)
    device = models.CharField(max_length=80, blank=True)


class Letter(models.Model):
    """A record that a phone sealed for the server alone. `sealed` goes when the ledger has taken it in."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        REFUSED = "refused"
        UNREADABLE = "unreadable"

    id = models.UUIDField(primary_key=True, default=uuid7)
    device = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    member = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=16)
    brought_by = models.CharField(max_length=80, blank=True)  # the phone that brought it by the rescue door, where it is not `device`
    sealed = models.BinaryField(null=True)  # epk, iv and box as they came
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=10, blank=True)  # what the ledger said of the record
    reason = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("device", "seq", "digest"), name="letter_content"),)
        indexes = (models.Index(fields=("state", "device")),)


def enrol(code: str, *, area: str, by: str) -> str:
    """Enrols a device, or gives it a new token; returns the token, which is shown once and kept nowhere."""
    token = secrets.token_urlsafe(32)
    Device.objects.update_or_create(
        code=code,
        defaults={"token_digest": digest(token), "area": area, "enrolled_at": clock.now(), "enrolled_by": by, "revoked_at": None},
    )
    return token


def digest(token: str) -> bytes:
    """What of a token is kept."""
    return blind(token, purpose="device")
