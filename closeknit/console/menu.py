"""The menu: what a reader's role may open, in groups."""

from dataclasses import dataclass

from closeknit.access.models import Account
from closeknit.console.guard import allowed
from closeknit.console.manifest import screens
from closeknit.console.screens import GROUPS, Screen
from closeknit.kit.text import Text


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    label: Text
    url: str
    icon: str
    current: bool
    phone: bool


@dataclass(frozen=True)
class Group:
    """A heading of the menu and its lines."""

    label: Text
    items: tuple[Item, ...]


def _measure_of(screen: Screen | None) -> str:
    return screen.name.partition(".")[0] if screen else ""


def _item(screen: Screen, account: Account, current: Screen | None, named: set[str]) -> Item:
    assert screen.menu is not None
    here = current is not None and (
        screen.name == current.name or (current.name not in named and _measure_of(screen) == _measure_of(current) != "console")
    )
    return Item(screen.menu.label or screen.title, screen.url_for(account), screen.menu.icon, here, screen.phone)


def menu(account: Account, current: Screen | None) -> list[Group]:
    """The groups of the menu that hold something for this account; a measure's other screens light up its own line."""
    shown = [screen for screen in screens() if screen.menu and allowed(account, screen) and (account.area or not screen.scoped_by)]
    named = {screen.name for screen in shown}
    groups = []
    for key, label in GROUPS.items():
        mine = sorted((screen for screen in shown if screen.menu and screen.menu.group == key), key=lambda screen: screen.menu.order)  # type: ignore[union-attr]
        if mine:
            groups.append(Group(label, tuple(_item(screen, account, current, named) for screen in mine)))
    return groups
