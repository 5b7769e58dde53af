"""The projection of batches."""

from django.db import models

from closeknit.kit.ids import uuid7


class Batch(models.Model):
    """Projection: one batch at a place and how far it is. What it lacks depends on the pack in force and is not kept here."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.CharField(max_length=80)
    topic = models.CharField(max_length=120)
    area = models.CharField(max_length=32)
    goods = models.CharField(max_length=4000)
    origin = models.CharField(max_length=4000, blank=True)
    imported = models.BooleanField()
    quantity_kg = models.FloatField(null=True)
    customs = models.BooleanField()
    test = models.BooleanField()
    disinfection = models.BooleanField()
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=4000, blank=True)
    arrived_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "topic"), name="batch_once"),)
        indexes = (models.Index(fields=("area", "outcome")), models.Index(fields=("topic",)))
