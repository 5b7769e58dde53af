"""What a screen is: an address, who may open it, and where it stands in the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.kit.text import Text

GROUPS: dict[str, Text] = {
    "today": Text("Today", "今日"),
    "command": Text("Command", "指挥调度"),
    "doors": Text("Doors and lists", "排查与名单"),
    "testing": Text("Tests", "检测"),
    "people": Text("Health and care", "健康与关爱"),
    "outreach": Text("Telling the public", "宣传发动"),
    "supplies": Text("Supplies", "物资保障"),
    "places": Text("Places and roads", "场所与卡点"),
    "workforce": Text("People on duty", "力量调度"),
    "register": Text("Register", "底册"),
    "check": Text("Supervision", "督查"),
    "reports": Text("Reports", "报表"),
    "system": Text("System", "系统"),
}


class Request(HttpRequest):
    """A request that has passed the guard: somebody signed in, on a screen that the role may open."""

    account: Account
    screen: "Screen"


@dataclass(frozen=True)
class Menu:
    """A screen's place in the menu. `label` is the screen's title where it is left out; who holds `unless` does without the line."""

    group: str
    order: int = 50
    icon: str = "list"
    label: Text | None = None
    unless: str = ""

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(f"The menu has no group {self.group!r}; there are {', '.join(GROUPS)}.")


@dataclass(frozen=True)
class Screen:
    """One address and the view behind it.

    `permission` is a line and verb of access.roles, or "" for everybody who is signed in. `scoped_by` names the part of the path that
    is an area code; `area_of` finds the area of another thing from the path's parts (None where there is no such thing). Outside the
    reader's scope both answer exactly like a thing that does not exist. `phone` is its place in the bar at a phone's
    foot, 1 to 3; of two that claim one place the first in the menu has it. `feature`: where the pack in force lacks it there is no
    such screen. `extra`: what it is to a server that has too much to do (console.shedding); None for what must stay open.
    """

    name: str
    path: str
    view: Callable[..., HttpResponseBase]
    title: Text
    permission: str
    menu: Menu | None = None
    scoped_by: str | None = None
    area_of: Callable[..., str | None] | None = None
    public: bool = False
    phone: int = 0
    feature: str = ""
    extra: Literal["export", "board", "analysis"] | None = None

    def url(self, **parts: Any) -> str:
        """The address of this screen."""
        return reverse(self.name, kwargs=parts)

    def url_for(self, account: Account) -> str:
        """The address where an account begins: its own area where the screen is by area."""
        return _address(self.name, self.scoped_by, account.area if self.scoped_by else "")


@lru_cache(maxsize=4096)
def _address(name: str, scoped_by: str | None, area: str) -> str:
    """Kept, for every page asks for all lines of its menu."""
    return reverse(name, kwargs={scoped_by: area} if scoped_by else {})
