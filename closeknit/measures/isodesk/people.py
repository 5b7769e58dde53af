"""The people of the desk, each with what is open: read from the ledger in a few statements, however many they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.parts import Badge
from closeknit.console.records import names
from closeknit.console.records.names import Called
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.isolation.kinds import (
    SITE,
    IsolationMeasure,
    Need,
    Stage,
    Stay,
    checks_of_day,
    event_ids,
    is_flagged,
    order_troubles,
    periods_due,
    rooms,
    stays,
)
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

MEASURES = {each.value: each.label for each in IsolationMeasure}
NEEDS = {each.value: each.label for each in Need}
STAGES = {each.value: each.label for each in Stage}
FREE = Text("Free to go: tell them", "已到期，请告知解除")
ODD_PLACE = Text("Brought to a place that is no isolation site.", "送达地点不是隔离场所。")
NO_ORDER = Text("At a site without an order in force.", "在隔离场所但无有效通知。")
NO_ROOM = Text("In a room that nobody has set up, or that is closed.", "所住房间未设置或已停用。")
FULL = Text("More people than beds in the room.", "房间人数超过床位。")


@dataclass(frozen=True)
class Line:
    """Somebody as the desk shows them. `states` are the desk's filters under which they stand."""

    stay: Stay
    called: Called
    area: str
    site: str
    end: datetime | None
    states: frozenset[str]
    readings: dict[str, Event]
    due: list[str]
    troubles: tuple[Text, ...] = ()

    @property
    def name(self) -> str:
        return self.called.name or str(names.code_words(self.stay.person))

    @property
    def badge(self) -> Badge:
        """What matters most of where they stand."""
        if "over" in self.states:
            return Badge(FREE, "bad")
        if self.stay.stage:
            return Badge(STAGES[self.stay.stage], "watch")
        if "under" in self.states:
            return Badge(MEASURES[self.stay.measure], "info")
        return Badge(Text("Released", "已解除"), "good") if self.stay.released else Badge(Text("No order", "无通知"), "quiet")

    @property
    def needs(self) -> str:
        return "、".join(str(NEEDS[each]) for each in self.stay.need_codes)

    @property
    def where(self) -> str:
        """The site and the room, or nothing where they are at home."""
        return " ".join(filter(None, (self.site, self.stay.room_no)))

    @property
    def urgency(self) -> tuple[bool, bool, bool, bool, str]:
        """Who is free and was not told comes first, then fevers, objections and transfers."""
        first = ("over", "fever", "objections", "moving")
        return (*(each not in self.states for each in first), self.stay.person)  # type: ignore[return-value]  # four and the code


def people(account: Account, area: str, pack: Policy, now: datetime, as_of: datetime | None = None) -> list[Line]:
    """Everybody whom the desk of an area knows, the most urgent first."""
    until = now if as_of else None  # on the screens of now everything counts that stands
    found = stays(area, until=until, as_of=as_of)
    codes = [each.person for each in found]
    called = names.persons(codes, full=names.in_full(account, "isolation.record"))
    areas = Area.objects.names(each.home for each in found)
    places = {row.code: row for row in Place.objects.as_of(as_of).filter(code__in={each.place for each in found})}
    readings = checks_of_day(codes, now if as_of else now + timedelta(microseconds=1), pack.timezone, as_of=as_of)
    known = event_ids(ref for each in found if each.order for ref in each.order.data["evidence"])
    wrong = _rooms_wrong(found, until, as_of)
    lines = []
    for each in found:
        under = each.is_under(now, pack.timezone)
        due = periods_due(each.order.at, now, pack) if under and each.order else []
        made = readings.get(each.person, {})
        place = places.get(each.place)
        troubles = [*_troubles(each, place, under, known, pack), *wrong.get(each.person, ())]
        states = _states(each, now, pack, made, due)
        if troubles:
            states.add("flagged")
        name = place.name if place else each.place
        lines.append(
            Line(
                each, called.get(each.person, Called(each.person, each.home)), areas.get(each.home, each.home), name,
                each.end(pack.timezone), frozenset(states), made, due, tuple(troubles),
            )
        )  # fmt: skip
    return sorted(lines, key=lambda line: line.urgency)


def _states(stay: Stay, now: datetime, pack: Policy, made: dict[str, Event], due: list[str]) -> set[str]:
    midnight = now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = stay.end(pack.timezone)
    within = timedelta(hours=float(pack.get("isolation.objection_within_h")))
    asked = {
        "under": stay.is_under(now, pack.timezone),
        "over": stay.is_over(now, pack.timezone),
        "due_today": end is not None and midnight < end <= midnight + timedelta(days=1),
        "moving": bool(stay.stage),
        "late_moving": is_late(stay, now, pack),
        "arrived": "arrived" in stay.trip and stay.trip["arrived"].at >= midnight,
        "left": stay.released is not None and stay.released.at >= midnight,
        "unread": bool(set(due) - set(made)),
        "fever": any(is_flagged(each.data, pack) for each in made.values()),
        "objections": bool(stay.objections),
        "late_objections": any(each.at + within <= now for each in stay.objections),
        "needs": bool(stay.need_codes),
    }
    states = {name for name, yes in asked.items() if yes}
    if stay.released is None or "left" in states or stay.stage or stay.objections:
        states.add("open")
    return states


def is_late(stay: Stay, now: datetime, pack: Policy) -> bool:
    """Whether a transfer takes longer than the pack allows to its next stage."""
    hours = {"requested": "isolation.left_within_h", "left": "isolation.arrived_within_h"}.get(stay.stage)
    return hours is not None and now - stay.trip[stay.stage].at >= timedelta(hours=float(pack.get(hours)))


def _troubles(stay: Stay, place: Place | None, under: bool, known: set[str], pack: Policy) -> list[Text]:
    """What somebody must look at: the order, and where the person is."""
    wrong = [each.text for each in order_troubles(stay.order.data, stay.order.at, known, pack)] if stay.order else []
    if stay.place and (place is None or place.category != SITE):
        wrong.append(ODD_PLACE)
    elif stay.place and not under and stay.order is None:
        wrong.append(NO_ORDER)
    return wrong


def _rooms_wrong(found: list[Stay], until: datetime | None, as_of: datetime | None) -> dict[str, list[Text]]:
    """Whoever lives in a room that is not there, is closed, or holds more people than beds."""
    lives = {each.person: (each.place, each.room_no) for each in found if each.room_no}
    held = {(room.place, room.number): room for room in rooms({place for place, _ in lives.values()}, found, until=until, as_of=as_of)}
    wrong: dict[str, list[Text]] = {}
    for person, where in lives.items():
        room = held.get(where)
        if room is None or room.closed:
            wrong[person] = [NO_ROOM]
        elif len(room.persons) > room.beds:
            wrong[person] = [FULL]
    return wrong
