"""What the frame around every page knows: who is signed in, the menu, the language, the looks."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from closeknit.access.models import Account
from closeknit.access.roles import ROLES
from closeknit.areas.models import Area
from closeknit.console.menu import Group, Item, in_bar, menu, often
from closeknit.console.screens import Screen
from closeknit.console.tell import Toast, toasts
from closeknit.kit import clock
from closeknit.kit.text import Text

THEMES = ("light", "dark")


class Shell:
    """The frame of one request; each part is worked out when a template asks for it, once."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def account(self) -> Account | None:
        user = getattr(self._request, "user", None)
        return user if isinstance(user, Account) else None

    @cached_property
    def screen(self) -> Screen | None:
        return getattr(self._request, "screen", None)

    @cached_property
    def menu(self) -> list[Group]:
        return menu(self.account, self.screen) if self.account and not self.account.must_change_password else []

    @cached_property
    def phone_items(self) -> list[Item]:
        """What stands in a phone's bar beside the first screen."""
        return in_bar(item for group in self.menu for item in group.items)

    @cached_property
    def often(self) -> list[Item]:
        """The pages that stand on the first screen at once."""
        return often(self.menu)

    @property
    def pages(self) -> int:
        """How many pages the menu leads to."""
        return sum(len(group.items) for group in self.menu)

    @cached_property
    def area_name(self) -> str:
        area = Area.objects.current().filter(code=self.account.area).first() if self.account else None
        return area.name if area else ""

    @property
    def role(self) -> Text | str:
        return ROLES.get(self.account.role, "") if self.account else ""

    @property
    def theme(self) -> str:
        chosen = self._request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def large(self) -> bool:
        return self.account.large_type if self.account else self._request.COOKIES.get("type") == "large"

    @property
    def language(self) -> str:
        return "en" if get_language() == "en" else "zh-hans"

    @property
    def here(self) -> str:
        """This page, to come back to: a fragment and an answer to a form have no address of their own."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @cached_property
    def toasts(self) -> list[Toast]:
        return toasts(messages.get_messages(self._request))

    @property
    def now(self) -> Any:
        return clock.now()

    @property
    def real_data(self) -> bool:
        return settings.REAL_DATA


def shell(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor."""
    return {"shell": Shell(request)}
