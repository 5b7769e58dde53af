"""The one rule of scope: an account sees its own area and everything below it, and nothing else."""

from typing import Any, TypeGuard, TypeVar

from django.db import models

from closeknit.access.models import Account
from closeknit.access.roles import permissions
from closeknit.areas.models import Area, AreaVersions

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def _lives(account: object) -> TypeGuard[Account]:
    return isinstance(account, Account) and account.is_active


def areas_of(account: object) -> AreaVersions:
    """The areas that an account sees, as they stand now. Nothing for nobody, for a closed account and for one without an area."""
    if not _lives(account) or not account.area:
        return Area.objects.none()
    return Area.objects.below(account.area)


def visible(queryset: Rows, account: object, field: str = "area") -> Rows:
    """The rows whose `field` (an area code) lies in the account's scope; one subquery, no codes fetched."""
    return queryset.filter(**{f"{field}__in": areas_of(account).values("code")})


def in_scope(account: object, area_code: str | None) -> bool:
    """Whether one area lies in the account's scope; an area that does not exist does not."""
    return bool(area_code) and areas_of(account).filter(code=area_code).exists()


def can(account: object, permission: str, area_code: str | None = None) -> bool:
    """Whether the account's role grants `permission`, and grants it in `area_code` where one is given."""
    if not _lives(account) or permission not in permissions(account.role):
        return False
    return area_code is None or in_scope(account, area_code)
