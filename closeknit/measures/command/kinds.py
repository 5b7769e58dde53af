"""How a measure speaks to the board: `watch` gives what is not in order, `glance` its numbers. Nothing is recorded here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.db.models import QuerySet

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.evidence.links import evidence_url, may_follow
from closeknit.console.parts import Tile
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.now import BoardNow, board_now
from closeknit.policy.packs import Policy
from closeknit.reports.figures import Question


@dataclass(frozen=True)
class Look:
    """From where and when one looks. as_of: only what the server had received by then counts (None: all that is known)."""

    account: Account
    area: Area
    now: datetime
    as_of: datetime | None
    policy: Policy
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def hours(self, name: str) -> timedelta:
        """A number of hours of the policy pack."""
        return timedelta(hours=float(self.policy.get(name)))

    @property
    def midnight(self) -> datetime:
        """When the local day began."""
        return self.now.astimezone(self.policy.timezone).replace(hour=0, minute=0, second=0, microsecond=0)

    def events(self, *said: type[Said], **where: Any) -> QuerySet[Event]:
        """The standing events of these kinds in the area that happened before now, as far as they are known."""
        return in_area(standing(*said, as_of=self.as_of), self.area.code, self.as_of).filter(at__lt=self.now, **where)

    def once(self, key: Any, reckon: Callable[[], Any]) -> Any:
        """The result of `reckon`, reckoned once for the whole board."""
        if key not in self.memo:
            self.memo[key] = reckon()
        return self.memo[key]

    def link(self, url: str, **query: str) -> str:
        """An address of the board's own, with the time kept that was asked for."""
        asked = {**query, **({"at": self.as_of.isoformat()} if self.as_of else {})}
        return f"{url}?{urlencode(asked)}" if asked else url

    def kept(self, url: str) -> str:
        """An address of ours with the time kept that was asked for; evidence says its own, and what is no address stays none."""
        if self.as_of is None or not url.startswith("/") or "as_of=" in url or "at" in parse_qs(urlsplit(url).query):
            return url
        path, mark, part = url.partition("#")
        return f"{path}{'&' if '?' in path else '?'}{urlencode({'at': self.as_of.isoformat()})}{mark}{part}"

    def evidence(self, name: str, start: datetime, area: str = "") -> str:
        """The rows behind a figure from `start` to now, as known at this moment; empty where the reader may not follow it."""
        if not (can(self.account, "reports.view") and may_follow(self.account, name)):
            return ""
        return evidence_url(Question(area or self.area.code, start, self.now, self.as_of), name)


@dataclass(frozen=True)
class Case:
    """One unit, post or thing that is not in order. area: where one asks who answers for it; member: who does, where that is known."""

    name: Text | str
    area: str = ""
    since: datetime | None = None
    number: int = 1
    member: str = ""
    url: str = ""
    note: Text | str = ""


@dataclass(frozen=True)
class Watched:
    """The cases of one rule, the worst first, and the named list behind them."""

    cases: list[Case]
    url: str = ""


TONES = ("bad", "watch", "info")  # the worst first


@dataclass(frozen=True)
class Rule:
    """One sort of thing that can be out of order. Among the rules of a tone the lower `order` stands first; `title` takes n, the sum of
    its cases."""

    name: str
    order: int
    tone: str
    permission: str
    title: Text
    action: Text
    why: Text


@dataclass(frozen=True)
class Glance:
    """A measure's numbers on the board."""

    title: Text
    tiles: list[Tile]
    note: Text | str = ""
    url: str = ""


moment, Moment = board_now, BoardNow  # the same choice of moment for the screens behind the board
Watch = Callable[[Look], Watched]
Glimpse = Callable[[Look], Glance | None]
_watches: dict[str, tuple[Rule, Watch]] = {}
_glances: list[tuple[int, str, Glimpse]] = []


def watch(rule: Rule) -> Callable[[Watch], Watch]:
    """Function decorator: this finds the cases of a rule. Raises ValueError where its name, or its order in its tone, is taken."""
    if rule.name in _watches or any((rule.tone, rule.order) == (each.tone, each.order) for each, _ in _watches.values()):
        raise ValueError(f"The board has a rule {rule.name!r}, or one of the order {rule.order} in {rule.tone!r}, already.")

    def declare(finds: Watch) -> Watch:
        _watches[rule.name] = rule, finds
        return finds

    return declare


def watch_states(finds: Callable[[Look, str], Watched], rules: Mapping[str, Rule]) -> None:
    """Declares a rule a state: `finds` gives the cases of whichever state it is asked for."""
    for state, rule in rules.items():
        watch(rule)(partial(finds, state=state))


def glance(order: int, permission: str) -> Callable[[Glimpse], Glimpse]:
    """Function decorator: these numbers stand on the board of everybody who has the permission."""

    def declare(gives: Glimpse) -> Glimpse:
        _glances.append((order, permission, gives))
        return gives

    return declare


def watches() -> list[tuple[Rule, Watch]]:
    """The rules of all measures, the worst first, each with what finds its cases."""
    return sorted(_watches.values(), key=lambda pair: (TONES.index(pair[0].tone), pair[0].order))


def glances() -> Iterable[tuple[int, str, Glimpse]]:
    """The numbers of all measures, in their order."""
    return sorted(_glances, key=lambda each: each[0])
