"""The projections of shifts, and of grids that were passed on."""

from django.db import models

from closeknit.kit.ids import uuid7


class Shift(models.Model):
    """Projection: a planned shift, who has it now, and whether they said that they cannot."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=120, unique=True)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80)
    post = models.CharField(max_length=200)
    worker = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cannot_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("area", "starts_at")), models.Index(fields=("worker", "starts_at")))


class GridHold(models.Model):
    """Projection: whether somebody who took over or gave away a grid holds it now, and whether they said that they cannot."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=120)
    member = models.CharField(max_length=80)
    holds = models.BooleanField()
    cannot_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("topic", "member"), name="grid_hold_once"),)
        indexes = (models.Index(fields=("member",)),)
