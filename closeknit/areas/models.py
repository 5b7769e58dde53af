"""The tree of areas, with the versions that a report as of an earlier day reads."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from closeknit.kit.once import is_page, once_a_page
from closeknit.kit.versions import Versioned, Versions

FEW = 60  # so many areas are named in a statement; of more, the database looks below the path itself


class Level(models.TextChoices):
    """The levels of the tree, from the top."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


@models.CharField.register_lookup
class Under(models.Lookup):
    """`path__under="/43/4331/"`, or a subquery of one path: the paths that begin so, found in an index however many areas there are."""

    lookup_name = "under"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The range from the path up to what comes after all that begin with it: `0` comes right after `/`."""
        return self._range(compiler, connection, ">=", "<")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The same byte by byte, whatever the database sorts by."""
        return self._range(compiler, connection, "~>=~", "~<~")

    def _range(self, compiler: Any, connection: Any, least: str, before: str) -> tuple[str, tuple[Any, ...]]:
        lhs, of_path = self.process_lhs(compiler, connection)
        begins, of_begins = self.process_rhs(compiler, connection)
        return f"({lhs} {least} {begins} AND {lhs} {before} (rtrim({begins}, '/') || '0'))", (*of_path, *of_begins, *of_path, *of_begins)


class AreaVersions(Versions):
    """Areas."""

    def below(self, code: str, as_of: datetime | None = None) -> "AreaVersions":
        """The area `code` and every area below it."""
        rows = self.as_of(as_of)
        if is_page():
            path = _path(code, as_of)
            return rows.filter(path__under=path) if path else rows.none()
        return rows.filter(path__under=models.Subquery(rows.filter(code=code).order_by().values("path")[:1]))

    def codes_below(self, code: str, as_of: datetime | None = None) -> Collection[str] | models.QuerySet[Any, Any]:
        """The codes of the area `code` and of every area below it, for `area__in`: on a page they are asked once where they are few."""
        return (_few_below(code, as_of) if is_page() else None) or self.below(code, as_of).values("code")

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """What these areas are called now, by code; a code that stands for none is left out."""
        wanted = set(codes)
        return dict(self.current().filter(code__in=wanted).values_list("code", "name")) if wanted else {}


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
        indexes = (
            models.Index(fields=("parent",)),
            models.Index(fields=("code",), name="area_code"),
            models.Index(fields=("path",), name="area_path", opclasses=("varchar_pattern_ops",)),
        )

    def __str__(self) -> str:
        return self.name


@once_a_page
def _few_below(code: str, as_of: datetime | None) -> tuple[str, ...]:
    """The codes of an area and those below it; none where they are more than are told to the database by name."""
    codes = Area.objects.below(code, as_of).order_by().values_list("code", flat=True)[: FEW + 1]
    return tuple(codes) if len(codes) <= FEW else ()


@once_a_page
def _path(code: str, as_of: datetime | None) -> str | None:
    """The path of an area; None where there is no such area."""
    return Area.objects.as_of(as_of).filter(code=code).order_by().values_list("path", flat=True).first()
