"""The zones of an area as its desk shows them, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.console.parts import Badge
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.zones.kinds import STATES, Zone, ends, label, touching
from closeknit.policy.packs import Policy

OVER_UNTOLD = Text("Over: tell them", "已到期，请告知")
UNTOLD = Text("Not announced", "未告知")
LIFTABLE = Text("May be lifted", "可解除")
ENDING = Text("Ends soon", "即将到期")


@dataclass(frozen=True)
class Line:
    """A zone: the order that is shown, who lives in it, and the desk's filters under which it stands."""

    zone: Zone
    order: Event
    state: str
    measure: Text | str
    households: int
    persons: int
    unmet: list[str]
    states: frozenset[str]
    ends_at: datetime

    @property
    def name(self) -> str:
        return str(self.order.data["name"])

    @property
    def badge(self) -> Badge:
        """What matters most."""
        if "over_untold" in self.states:
            return Badge(OVER_UNTOLD, "bad")
        for state, word, tone in (("untold", UNTOLD, "bad"), ("liftable", LIFTABLE, "good"), ("ending", ENDING, "watch")):
            if state in self.states:
                return Badge(word, tone)
        word, tone = STATES[self.state]
        return Badge(word, tone)

    @property
    def met(self) -> str:
        """How many of the conditions that lift it are met."""
        number = len(self.order.data["lifts"])
        return f"{number - len(self.unmet)}/{number}"

    @property
    def urgency(self) -> tuple[bool, bool, bool, bool, datetime, str]:
        """What is over and untold comes first, then what was not announced, objections, what is in force; the nearest end first."""
        first = ("over_untold", "untold", "objections", "open")
        return (*(each not in self.states for each in first), self.ends_at, self.zone.number)  # type: ignore[return-value]


def lines(area: str, pack: Policy, now: datetime, as_of: datetime | None = None) -> list[Line]:
    """Every zone that touches an area."""
    found, lives = touching(area, now, until=now if as_of else None, as_of=as_of)
    made = []
    for zone in found:
        order = zone.shown(now)
        unmet, state = zone.unmet(order), zone.state(now)
        made.append(
            Line(
                zone, order, state, label(pack, "zones.measures", str(order.data["measure"])), len(lives.households[zone.number]),
                len(lives.persons[zone.number]), unmet, frozenset(_states(zone, order, state, unmet, now, pack)), ends(order),
            )
        )  # fmt: skip
    return sorted(made, key=lambda line: line.urgency)


def _states(zone: Zone, order: Event, state: str, unmet: list[str], now: datetime, pack: Policy) -> set[str]:
    in_force = state == "in_force"
    warn = timedelta(hours=float(pack.get("zones.warn_before_h")))
    within = timedelta(hours=float(pack.get("zones.objection_within_h")))
    untold = zone.is_untold(now)
    asked = {
        "open": in_force or state == "coming" or untold,
        "over_untold": untold and state == "over",
        "untold": untold and state != "over",
        "liftable": in_force and not unmet,
        "ending": in_force and ends(order) - now <= warn and zone.next_order(now) is None,
        "objections": bool(zone.objections),
        "late_objections": any(each.at + within <= now for each in zone.objections),
    }
    return {state} | {name for name, yes in asked.items() if yes}
