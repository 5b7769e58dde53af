"""Its part of the daily report."""

from datetime import timedelta

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.zonechecks.kinds import ZoneChecked
from closeknit.measures.zonechecks.reading import NEVER, Checked, checked
from closeknit.measures.zones.kinds import Zone, touching
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _in_force(question: Question) -> list[tuple[Zone, Checked]]:
    """The zones in force that touch the area, each with what was said of its standards."""

    def reckon() -> list[tuple[Zone, Checked]]:
        zones, _ = touching(question.area, question.end, until=question.end, as_of=question.as_of)
        held = [zone for zone in zones if zone.order_at(question.end)]
        found = checked((zone.number for zone in held), until=question.end, as_of=question.as_of)
        return [(zone, found.get(zone.number, NEVER)) for zone in held]

    return list(question.once("zonechecks", reckon))


def _not_met(question: Question) -> CodeRows:
    pairs: list[tuple[str, str, Event]] = [
        (zone.number, code, event) for zone, found in _in_force(question) for code, event in found.not_met.items()
    ]
    return CodeRows("zone", sorted(number for number, _, _ in pairs), {number: event for number, _, event in pairs})


def _overdue(question: Question) -> CodeRows:
    every = timedelta(hours=float(question.policy.get("zones.check_every_h")))
    late = {zone.number: zone.shown(question.end) for zone, found in _in_force(question) if found.is_overdue(zone, question.end, every)}
    return CodeRows("zone", sorted(late), late)


SECTION = section(
    Section(
        "zonechecks",
        Text("Checks of zones", "管控区检查"),
        (
            Figure("zonechecks.checked", Text("Checks of zones", "管控区检查次数"), count(ZoneChecked)),
            Figure("zonechecks.not_met", Text("Standards not met", "未达标项"), _not_met, state=True),
            Figure("zonechecks.overdue", Text("Zones not checked in time", "逾期未检查管控区"), _overdue, state=True),
        ),
        order=56,
        feature="zones",
    )
)
