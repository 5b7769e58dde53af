"""Policy packs as they were in force: every version with the time when it was learned."""

from django.db import models

from closeknit.kit.versions import Versioned


class Pack(Versioned):
    """One version of a pack's values."""

    name = models.CharField(max_length=80)
    version = models.IntegerField(default=1)
    values = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("name",), condition=models.Q(retired_at__isnull=True), name="pack_current"),)


class Adoption(Versioned):
    """Which pack is in force in an area and below it, and the area's time zone as an offset such as +08:00."""

    area = models.CharField(max_length=32)
    pack = models.CharField(max_length=80)
    timezone = models.CharField(max_length=6, default="+08:00")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("area",), condition=models.Q(retired_at__isnull=True), name="adoption_current"),)
