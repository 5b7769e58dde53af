"""The first screen: what is not in order now, worst first; below it how the area stands."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, can
from closeknit.areas.models import Area
from closeknit.campaigns.live import Standing
from closeknit.console.coverage.rows import Row, Ways, by_what_is_left
from closeknit.console.page import show
from closeknit.console.parts import Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glances, watches
from closeknit.measures.command.now import BoardNow, board_now
from closeknit.measures.command.rules import Line, lasted, lines
from closeknit.measures.command.standings import Stand, stand
from closeknit.measures.command.sweep import SWEEP, doors
from closeknit.policy.packs import policy
from closeknit.registry.members.answering import Callees, Whom

OPEN_AREAS = 10
FIGURES = {"left": "doorknock.gap", "settled": "doorknock.settled", "due": "doorknock.due"}
NOTHING = Empty(
    Text("Nothing is planned or recorded here yet", "本辖区尚无部署和登记"),
    Text(
        "Import a roster, plan a campaign, and this page fills itself from what people record.",
        "导入名册、部署行动后，此页随登记自动更新。",
    ),
    icon="layout-dashboard",
)


@dataclass(frozen=True)
class Named:
    """A case with whom to call about it; `enter` leads to where their telephone is entered, for who may, while none is kept."""

    case: Case
    whom: Whom | None
    since: datetime | None
    mine: bool
    enter: str


@dataclass(frozen=True)
class Shown:
    """A line with its first cases, and how long it has stood."""

    line: Line
    cases: list[Named]
    lasted: Text | str
    coming: bool


class Board:
    """The board of an area for a reader, at a moment; each part is reckoned when the page asks for it."""

    def __init__(self, request: HttpRequest, account: Account, area: Area) -> None:
        pack = policy(area.code)
        self.account, self.area = account, area
        self.at: BoardNow = board_now(request, pack)
        self.look = Look(account, area, self.at.now, self.at.as_of, pack)
        self.whole = "all" in request.GET

    @cached_property
    def _lines(self) -> tuple[list[Line], bool]:
        found = ((rule, self._then(find(self.look))) for rule, find in watches() if can(self.account, rule.permission))
        return lines(found, None if self.whole else int(self.look.policy.get("command.lines")))

    def _then(self, watched: Watched) -> Watched:
        """The same with addresses that keep the time that was asked for."""
        if self.at.as_of is None or not watched.cases:
            return watched
        return Watched([replace(case, url=self.look.kept(case.url)) for case in watched.cases], self.look.kept(watched.url))

    @cached_property
    def lines(self) -> list[Shown]:
        """At most so many lines, or all where the address asks for all, each with its first cases and whom to call."""
        shown = self._lines[0]
        callees = Callees((case.area, case.member) for line in shown for case in line.shown)
        keeps = can(self.account, "workforce.manage")
        own = set(areas_of(self.account).filter(code__in=callees.lie_in).values_list("code", flat=True)) if keeps else set()
        return [self._shown(line, callees, own) for line in shown]

    def _shown(self, line: Line, callees: Callees, own: set[str]) -> Shown:
        cases = [self._named(case, line, callees.of(case.area, case.member), own) for case in line.shown]
        coming = line.since is not None and line.since > self.at.now
        return Shown(line, cases, lasted(line.since, self.at.now) if line.since else "", coming)

    def _named(self, case: Case, line: Line, whom: Whom | None, own: set[str]) -> Named:
        mine = whom is not None and whom.code == self.account.member
        enter = links.to("workforce.member", code=whom.code) if whom and not whom.phone and whom.area in own else ""
        return Named(case, whom, case.since if case.since != line.since else None, mine, enter)

    @property
    def further(self) -> str:
        """Where all lines stand; empty where these are all."""
        return self.look.link(links.to("command.board", area=self.area.code), all="1") if self._lines[1] else ""

    @property
    def rules(self) -> list[Rule]:
        """All rules in their order, to say why."""
        return [rule for rule, _ in watches()]

    @cached_property
    def sweep(self) -> Stand | None:
        return stand(self.look, SWEEP) if can(self.account, "doorknock.view") else None

    @property
    def sweep_total(self) -> Row | None:
        return Row(self.sweep.total, self._ways) if self.sweep else None

    @cached_property
    def _sweep_rows(self) -> list[Row]:
        return [Row(each, self._ways) for each in by_what_is_left(self.sweep.parts)] if self.sweep else []

    @property
    def sweep_rows(self) -> list[Row]:
        """The areas right below where most is left."""
        return [row for row in self._sweep_rows if row.standing.left][:OPEN_AREAS]

    @property
    def other_rows(self) -> list[Row]:
        """The other areas right below."""
        return self._sweep_rows[len(self.sweep_rows) :]

    @property
    def _ways(self) -> Ways:
        def down(standing: Standing) -> str:
            if standing.has_parts and not standing.own:
                return self.url_of(standing.code)
            return self.look.kept(doors(standing.code, "left"))

        return Ways(down, self._behind)

    def _behind(self, standing: Standing, state: str) -> str:
        """The doors of a state; as at an earlier time the rows as they were known."""
        if self.at.as_of is None:
            return doors(standing.code, state)
        if self.sweep is None or standing.own or state not in FIGURES:
            return ""
        return self.look.evidence(FIGURES[state], self.sweep.campaign.starts_at, standing.code)

    def url_of(self, area: str) -> str:
        """The board of another area, at the same moment."""
        return self.look.link(links.to("command.board", area=area))

    @property
    def url(self) -> str:
        return self.url_of(self.area.code)

    @cached_property
    def glances(self) -> list[Glance]:
        """The numbers of the measures that this reader may see."""
        given = (gives(self.look) for _, permission, gives in glances() if can(self.account, permission))
        return [self._glance(each) for each in given if each is not None]

    def _glance(self, one: Glance) -> Glance:
        tiles = [replace(tile, url=self.look.kept(tile.url)) for tile in one.tiles]
        return replace(one, tiles=tiles, url=self.look.kept(one.url)) if self.at.as_of else one


def board(request: Request, area: str) -> HttpResponse:
    """The board of an area; the guard has seen that it lies in the reader's scope."""
    shown = Board(request, request.account, Area.objects.current().get(code=area))
    crumbs = [(name, shown.look.link(url)) for name, url in links.above(request.account, shown.area, "command.board")]
    typed = shown.at.now.astimezone(shown.look.policy.timezone).strftime("%Y-%m-%dT%H:%M")
    context = {"board": shown, "at": typed, "sweep_url": shown.look.kept(links.to("doorknock.coverage", area=area)), "nothing": NOTHING}
    heading = Text("Board: {area}", "{area} 调度看板", area=shown.area.name)
    return show(request, "command/board.html", context, heading=heading, crumbs=crumbs)


def on_home(request: HttpRequest) -> dict[str, Any] | None:
    """What is not in order, at the head of the first screen; None for an account without an area."""
    account = request.user
    area = Area.objects.current().filter(code=account.area).first() if isinstance(account, Account) and account.area else None
    if area is None or not isinstance(account, Account):
        return None
    shown = Board(request, account, area)
    request.board = shown  # type: ignore[attr-defined]  # the numbers further down ask the same board
    return {"board": shown}


def numbers_on_home(request: HttpRequest) -> dict[str, Any] | None:
    """The measures' numbers, below the sweep."""
    shown: Board | None = getattr(request, "board", None)
    return {"board": shown} if shown and shown.glances else None
