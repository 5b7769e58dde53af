"""Rows that keep their versions: when each was learned, and when a later one took its place."""

from datetime import datetime
from typing import Any, Self

from django.db import models


class Versions(models.QuerySet[Any]):
    """Rows of a versioned table."""

    def current(self) -> Self:
        """The rows that stand now."""
        return self.filter(retired_at__isnull=True)

    def as_of(self, moment: datetime | None) -> Self:
        """The rows that stood at `moment`; without one, those that stand now."""
        if moment is None:
            return self.current()
        return self.filter(models.Q(retired_at__isnull=True) | models.Q(retired_at__gt=moment), learned_at__lte=moment)


class Versioned(models.Model):
    """A row that is never changed: a new version retires it."""

    learned_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = Versions.as_manager()

    class Meta:
        abstract = True
