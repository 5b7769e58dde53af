"""Campaigns, the targets that they list by name, and how far each target was reached; key populations and who of them owes a sample."""

from django.db import models

from closeknit.kit.ids import uuid7
from closeknit.kit.versions import Versioned


class Campaign(Versioned):
    """Who must be reached by when: a sweep, a patrol, a round. `targets` and `excused` are rules as in plan.json, without listed codes."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100, blank=True)
    area = models.CharField(max_length=32)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    targets = models.JSONField()
    excused = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code",), condition=models.Q(retired_at__isnull=True), name="campaign_current"),)

    def __str__(self) -> str:
        return self.name or self.code


class Listed(models.Model):
    """A person whom a campaign's plan lists by code: as a target, or as excused."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    campaign = models.CharField(max_length=60)
    as_what = models.CharField(max_length=8)  # target, excused
    person = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("campaign", "as_what", "person"), name="listed_once"),)
        indexes = (models.Index(fields=("person",)),)


class Reach(models.Model):
    """Projection: the latest standing word on a target within a campaign's time. A target without a row was never tried."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    campaign = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20, blank=True)
    reached = models.BooleanField()
    tries = models.IntegerField()
    refusals = models.IntegerField(default=0)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    seq = models.BigIntegerField()
    event = models.UUIDField()
    member = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("campaign", "code"), name="reach_key"),)
        indexes = (
            models.Index(fields=("code",)),
            models.Index(fields=("kind", "code"), condition=models.Q(tries__gt=1), name="reach_tried_twice"),
            models.Index(fields=("campaign", "code", "outcome", "reached", "refusals"), name="reach_word"),  # coverage reads this alone
        )


class Group(models.Model):
    """Projection: a key population as the latest word on it says."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=60, unique=True)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=400)
    label_en = models.CharField(max_length=400, blank=True)
    category = models.CharField(max_length=60)
    cadence_days = models.IntegerField(null=True)
    share = models.FloatField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("area",)),)


class Owing(models.Model):
    """Projection: somebody who owes samples: as a member of a group (draw is empty), or once because a draw said so."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    group = models.CharField(max_length=60)
    person = models.CharField(max_length=80)
    school_class = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    draw = models.UUIDField(null=True)
    due_by = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("group",)), models.Index(fields=("person",)), models.Index(fields=("draw",)))


class LastSample(models.Model):
    """Projection: the last sample of a person, of whatever round; a row for each name that the person bears."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    seq = models.BigIntegerField()
    event = models.UUIDField()
