"""Who owes a report by when, and the reports that were sealed."""

from django.db import models

from closeknit.kit.ids import uuid7
from closeknit.kit.versions import Versioned


class Duty(Versioned):
    """The units of an area that owe a report on each day, by a local hour. last_day None: until further notice."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    area = models.CharField(max_length=32)
    cut_off = models.CharField(max_length=5)
    units = models.JSONField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("area",), condition=models.Q(retired_at__isnull=True), name="duty_current"),)


class Sealed(models.Model):
    """A report as it was sealed: its content, up to which arrival, the versions of pack, plan and code; printed again it is the same."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    area = models.CharField(max_length=32)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=80)
    arrival = models.BigIntegerField()
    content = models.JSONField()
    personal = models.BinaryField(null=True)  # the notes on its units' confirmations
    pack = models.CharField(max_length=80)
    pack_version = models.IntegerField()
    code_version = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("area", "day"), name="sealed_once"),)
