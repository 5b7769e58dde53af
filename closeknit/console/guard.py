"""The one gate in front of every screen: signed in, allowed by role, within scope."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.console.manifest import screens
from closeknit.console.reader import reading
from closeknit.console.screens import Request, Screen
from closeknit.console.shedding import turned_away
from closeknit.kit.once import one_page
from closeknit.policy.packs import policy

ALWAYS_OPEN = frozenset({"console.password", "console.sign_out"})


def allowed(account: object, screen: Screen) -> bool:
    """Whether the account's role may open the screen, wherever it leads."""
    if screen.public:
        return True
    return isinstance(account, Account) and account.is_active and _permitted(account, screen) and _is_there(account, screen)


def _permitted(account: Account, screen: Screen) -> bool:
    return not screen.permission or can(account, screen.permission)


def _is_there(account: Account, screen: Screen) -> bool:
    """Whether the pack in force where the account works knows what the screen is for; asked once for an account as it was fetched."""
    if not screen.feature:
        return True
    held = account.__dict__.get("pack_in_force") or account.__dict__.setdefault("pack_in_force", policy(account.area))
    return bool(held.has(screen.feature))


def _within(screen: Screen, account: Account, parts: dict[str, Any]) -> bool:
    if screen.scoped_by is not None:
        return in_scope(account, parts[screen.scoped_by])
    return screen.area_of is None or in_scope(account, screen.area_of(**parts))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to sign in, and back to this page afterwards; a fragment sends the whole page there."""
    back = request.headers.get("HX-Current-URL", "") if "HX-Request" in request.headers else request.get_full_path()
    url = reverse("console.sign_in") + ("?" + urlencode({"next": back}) if back and request.method == "GET" else "")
    return HttpResponse(headers={"HX-Redirect": url}) if "HX-Request" in request.headers else HttpResponseRedirect(url)


def guarded(screen: Screen) -> Callable[..., HttpResponseBase]:
    """The screen's view behind the gate. What lies outside the scope is answered like what does not exist."""

    @wraps(screen.view)
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        passed = cast(Request, request)
        passed.screen = screen
        if screen.public:
            return screen.view(passed, **parts)
        if not isinstance(request.user, Account):
            return _to_sign_in(request)
        passed.account = request.user
        if passed.account.must_change_password and screen.name not in ALWAYS_OPEN:
            return redirect("console.password")
        if not allowed(passed.account, screen):
            raise PermissionDenied if not _permitted(passed.account, screen) else Http404
        if not _within(screen, passed.account, parts):
            raise Http404
        if busy := turned_away(request, screen):
            return busy
        with reading(passed.account), one_page() if request.method == "GET" else nullcontext():
            return screen.view(passed, **parts)

    return view


def addresses() -> list[URLPattern]:
    """Every screen of every measure as one of Django's paths."""
    return [path(screen.path, guarded(screen), name=screen.name) for screen in screens()]
