"""The menu: what a reader's role may open, in groups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.console.guard import allowed
from closeknit.console.manifest import screens
from closeknit.console.screens import GROUPS, Menu, Screen
from closeknit.kit.text import Text

SEEN_AT_ONCE = 18  # lines; a longer menu folds its groups but the first
OFTEN = 10  # lines on the first screen; all others are one press away


@dataclass(frozen=True)
class Item:
    """One line of the menu; `phone` is its place in a phone's bar, 0 for none."""

    label: Text
    url: str
    icon: str
    current: bool
    phone: int


@dataclass(frozen=True)
class Group:
    """A heading of the menu and its lines; `open`: they stand there without a press."""

    label: Text
    items: tuple[Item, ...]
    open: bool = True


def menu(account: Account, current: Screen | None) -> list[Group]:
    """The groups of the menu that hold something for this account; at most one line is lit."""
    shown = [(line, screen) for screen in screens() if (line := screen.menu) and _offered(account, screen, line)]
    ordered = {key: sorted((pair for pair in shown if pair[0].group == key), key=lambda pair: pair[0].order) for key in GROUPS}
    lit = _lit([screen for pairs in ordered.values() for _, screen in pairs], current)
    groups = [
        Group(GROUPS[key], tuple(_item(screen, line, account, lit=screen is lit) for line, screen in pairs))
        for key, pairs in ordered.items()
        if pairs
    ]
    return groups if len(shown) <= SEEN_AT_ONCE else [groups[0], *(_folded(group) for group in groups[1:])]


def often(groups: list[Group]) -> list[Item]:
    """What a role uses most, as the manifests say it: what a phone's bar holds, the rest of the first group, then the first line of each
    further group; of all that the first ten."""
    items = [item for group in groups for item in group.items]
    firsts = [*(groups[0].items if groups else ()), *(group.items[0] for group in groups[1:])]
    return list(dict.fromkeys([*in_bar(items), *firsts]))[:OFTEN]


def in_bar(items: Iterable[Item]) -> list[Item]:
    """What stands in a phone's bar beside the first screen: one line for each of its places."""
    places: dict[int, Item] = {}
    for item in (each for each in items if each.phone):
        places.setdefault(item.phone, item)
    return [places[place] for place in sorted(places)]


def _folded(group: Group) -> Group:
    """The group as a long menu shows it: open where its line is lit."""
    return replace(group, open=any(item.current for item in group.items))


def _offered(account: Account, screen: Screen, line: Menu) -> bool:
    if line.unless and can(account, line.unless):
        return False
    return allowed(account, screen) and bool(account.area or not screen.scoped_by)


def _item(screen: Screen, line: Menu, account: Account, *, lit: bool) -> Item:
    return Item(line.label or screen.title, screen.url_for(account), line.icon, lit, screen.phone)


def _lit(shown: list[Screen], current: Screen | None) -> Screen | None:
    """The line of the screen itself; else the line of its measure that shares the longest beginning of its address, the first of equals."""
    if current is None:
        return None
    kin = [screen for screen in shown if _measure_of(screen) == _measure_of(current) != "console" or screen.name == current.name]
    return max(kin, key=lambda screen: (screen.name == current.name, _shared(screen, current)), default=None)


def _measure_of(screen: Screen) -> str:
    return screen.name.partition(".")[0]


def _shared(screen: Screen, current: Screen) -> int:
    """How many parts of their addresses two screens share from the left."""
    pairs = zip(screen.path.strip("/").split("/"), current.path.strip("/").split("/"), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
