"""The projection of problems."""

from django.db import models

from closeknit.kit.ids import uuid7


class Problem(models.Model):
    """Projection: one problem and how far it is."""

    class State(models.TextChoices):
        FOUND = "found"
        HANDED_OVER = "handed_over"
        RECTIFIED = "rectified"
        CLOSED = "closed"
        REOPENED = "reopened"

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=120, unique=True)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=100)
    title = models.CharField(max_length=4000)
    severity = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    found_at = models.DateTimeField()
    due_at = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    owner = models.CharField(max_length=80, blank=True)
    times_reopened = models.IntegerField(default=0)
    after_closing = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("area", "state")),)
