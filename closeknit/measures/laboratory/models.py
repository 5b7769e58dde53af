"""Rows of a laboratory's files that could not be taken: set aside until the tube has its result or somebody says that it may go."""

from django.db import models

from closeknit.kit.ids import uuid7


class SetAside(models.Model):
    """One row of one file: which column, and why. Of the row only what it says of the tube is kept."""

    class Why(models.TextChoices):
        NO_TUBE = "no_tube"
        RESULT = "result"
        TIME = "time"
        TWICE = "twice"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid7)
    area = models.CharField(max_length=32)
    file = models.CharField(max_length=80)
    sheet = models.CharField(max_length=60, blank=True)
    row = models.IntegerField()
    column = models.CharField(max_length=40, blank=True)
    tube = models.CharField(max_length=80, blank=True)
    said = models.CharField(max_length=40, blank=True)  # what stands in that column
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("area", "file", "sheet", "row", "tube", "said", "why"), name="set_aside_once"),
        )  # fmt: skip
