"""Its part of the daily report."""

from collections.abc import Callable
from datetime import timedelta

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import latest, standing
from closeknit.measures.zones.kinds import Living, Zone, ZoneLifted, ZoneObjected, ZoneObjectionDecided, ZoneOrdered, touching
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, EventRows, Figure, Question, Section, section


def _touching(question: Question) -> tuple[list[Zone], Living]:
    def reckon() -> tuple[list[Zone], Living]:
        return touching(question.area, question.end, until=question.end, as_of=question.as_of)

    return question.once("zones", reckon)  # type: ignore[no-any-return]


def in_force(question: Question) -> list[Zone]:
    """The zones in force that touch the area."""
    return [zone for zone in _touching(question)[0] if zone.order_at(question.end)]


def _zones(pick: Callable[[Zone, Question], Event | None]) -> Callable[[Question], CodeRows]:
    """A row a zone, with the record behind it."""

    def rows(question: Question) -> CodeRows:
        picked = {zone.number: event for zone in _touching(question)[0] if (event := pick(zone, question))}
        return CodeRows("zone", sorted(picked), picked)

    return rows


def _untold(zone: Zone, question: Question) -> Event | None:
    return zone.shown(question.end) if zone.is_untold(question.end) else None


def _households(question: Question) -> CodeRows:
    lives = _touching(question)[1]
    return CodeRows("household", sorted({code for zone in in_force(question) for code in lives.households[zone.number]}))


def _persons(question: Question) -> CodeRows:
    lives = _touching(question)[1]
    return CodeRows("person", sorted({code for zone in in_force(question) for code in lives.persons[zone.number]}))


def _objections(late: bool) -> Callable[[Question], EventRows]:
    def rows(question: Question) -> EventRows:
        within = timedelta(hours=float(question.policy.get("zones.objection_within_h")) if late else 0)
        asked = question.until(ZoneObjected).exclude(topic__in=_decided(question))
        return EventRows(asked.filter(id__in=[each.id for each in latest(asked, "topic").values() if each.at + within <= question.end]))

    return rows


def _decided(question: Question) -> set[str]:
    said = standing(ZoneObjectionDecided, as_of=question.as_of).filter(at__lt=question.end)
    return set(said.values_list("topic", flat=True))


FIGURES = (
    Figure("zones.ordered", Text("Orders of zones", "管控决定"), count(ZoneOrdered)),
    Figure("zones.lifted", Text("Zones lifted", "提前解除"), count(ZoneLifted)),
    Figure("zones.in_force", Text("Zones in force", "生效管控区"), _zones(lambda zone, question: zone.order_at(question.end)), state=True),
    Figure("zones.households", Text("Households in zones", "管控区内户数"), _households, state=True),
    Figure("zones.persons", Text("People in zones", "管控区内人数"), _persons, state=True),
    Figure("zones.untold", Text("Zones changed, people not told", "变更未告知"), _zones(_untold), state=True),
    Figure("zones.objections_open", Text("Objections open", "异议待处理"), _objections(late=False), state=True),
    Figure("zones.objections_late", Text("Objections late", "异议逾期"), _objections(late=True), state=True),
)  # fmt: skip
SECTION = section(Section("zones", Text("Zones", "管控区"), FIGURES, order=56, feature="zones"))
