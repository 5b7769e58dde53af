"""Ways to screens of other parts by their names; empty where there is none, so that a page stands without them."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from closeknit.access.models import Account
from closeknit.access.scope import areas_of
from closeknit.areas.models import Area
from closeknit.console.guard import allowed
from closeknit.console.manifest import screens
from closeknit.console.reader import reader
from closeknit.console.screens import Screen


def to(screen: str, **parts: Any) -> str:
    """The address of a screen by its name and parts; empty where the reader's role may not open it, and where it is not installed."""
    account, declared = reader(), _declared().get(screen)
    if declared is None or (account is not None and not allowed(account, declared)):
        return ""
    try:
        return reverse(screen, kwargs=parts)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1)
def _declared() -> dict[str, Screen]:
    return {each.name: each for each in screens()}


def ours(url: str, otherwise: str) -> str:
    """`url` where it is a page of this site, else the other one."""
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else otherwise


def above(account: Account, area: Area, screen: str, query: str = "") -> list[tuple[str, str]]:
    """Breadcrumbs: the areas above this one, as far as the account sees, each with its page of a screen."""
    codes = [code for code in area.path.split("/") if code and code != area.code]
    rows = areas_of(account).filter(code__in=codes).order_by("path")
    return [(row.name, to(screen, area=row.code) + (f"?{query}" if query else "")) for row in rows]


def here(request: HttpRequest) -> str:
    """The address of this page, to come back to."""
    return request.get_full_path()
