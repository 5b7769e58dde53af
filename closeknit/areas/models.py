"""The tree of areas, with the versions that a report as of an earlier day reads."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models

from closeknit.kit.versions import Versioned, Versions


class Level(models.TextChoices):
    """The levels of the tree, from the top."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


class AreaVersions(Versions):
    """Areas."""

    def below(self, code: str, as_of: datetime | None = None) -> "AreaVersions":
        """The area `code` and every area below it."""
        return self.as_of(as_of).filter(path__contains=f"/{code}/")

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """What these areas are called now, by code; a code that stands for none is left out."""
        return dict(self.current().filter(code__in=set(codes)).values_list("code", "name"))


class Area(Versioned):
    """One area. `path` holds the codes from the top down to itself: `/43/4331/433122/`."""

    code = models.CharField(max_length=32)
    parent = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=12, choices=Level.choices)
    path = models.CharField(max_length=255)

    objects: ClassVar[AreaVersions] = AreaVersions.as_manager()  # type: ignore[assignment]  # the stubs take a manager for its rows

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code",), condition=models.Q(retired_at__isnull=True), name="area_current_code"),)
        indexes = (models.Index(fields=("parent",)),)

    def __str__(self) -> str:
        return self.name
