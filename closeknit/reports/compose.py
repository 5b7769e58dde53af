"""Composes the report of an area and a day from its records."""

from datetime import date, datetime
from importlib.metadata import version

from closeknit.areas.models import Area, Level
from closeknit.campaigns.models import Campaign
from closeknit.kit.once import Known, one_page
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.reports.content import DeclaredFigure, DeclaredTotals, Part, Report, Shown, Unit, Versions, kept
from closeknit.reports.duty import Owed, owed
from closeknit.reports.figures import Figure, Question, Section, figure, sections
from closeknit.reports.kinds import Declared
from closeknit.reports.late import late_since
from closeknit.reports.windows import Window, window

SMALL = (Level.VILLAGE, Level.GRID)
DECLARABLE = (
    "doorknock.settled", "doorknock.visits", "returnees.declared", "returnees.verified", "checkpoints.vehicles", "checkpoints.persons",
    "venues.patrolled", "testing.person_times", "vaccination.doses", "outreach.leaflet",
)  # fmt: skip


def compose(area: str, day: date, as_of: datetime | None = None, *, with_late: bool = True, known: Known | None = None) -> Report:
    """The report as known at `as_of` (None: with all that is known); what came in late costs as much again, and can be left out.

    known: what the reports of other areas of the day have asked as known at that time; this one goes on with it.
    Raises Area.DoesNotExist for an area that is not known.
    """
    with one_page(known):
        return _composed(area, window(area, day), as_of, with_late=with_late, together=known is not None)


def _composed(area: str, frame: Window, as_of: datetime | None, *, with_late: bool, together: bool) -> Report:
    here, day = Area.objects.current().get(code=area), frame.day
    question = Question(area, frame.start, frame.end, as_of, together=together)
    question.sift()
    names = dict(Area.objects.below(area, as_of).values_list("code", "name"))
    policy = question.policy
    return Report(
        area=area,
        area_name=here.name,
        level=here.level,
        day=day,
        starts_at=frame.start,
        ends_at=frame.end,
        as_of=as_of.astimezone(frame.end.tzinfo) if as_of else None,
        disease=kept(Text(**policy.get("disease_name"))),
        names_late_units=bool(policy.get("report.name_late_units")),
        parts=[_part(each, question, names) for each in _shown_sections(question, here.level)],
        units=[unit_of(each, names, frame) for each in owed(area, frame.start, frame.end, as_of)],
        declared=_declared(question, day, names),
        late=late_since(question, day, names) if with_late else None,
        versions=Versions(policy.name, policy.version, _plans(question), version("closeknit")),
    )


def _shown_sections(question: Question, level: str) -> list[Section]:
    own = "reports" if level in SMALL else ""
    return [each for each in sections() if question.policy.has(each.feature) and each.name != own]


def is_shown(one: Figure, question: Question) -> bool:
    """Whether a figure stands in reports: the pack asks for it, and it counts what lies in the area."""
    return question.policy.has(one.feature) and not one.everywhere


def _part(section: Section, question: Question, names: dict[str, str]) -> Part:
    shown = [one for one in section.all_figures(question) if is_shown(one, question)]
    return Part(section.name, kept(section.title), [_shown(one, question, names) for one in shown])


def _shown(one: Figure, question: Question, names: dict[str, str]) -> Shown:
    value, is_open = one.rows(question).value(), question.as_of is None
    named = [names.get(code, code) for code in value] if isinstance(value, list) else []
    label = one.open_label if is_open and one.open_label else one.label
    return Shown(one.name, kept(label), value, one.state, named)


def unit_of(each: Owed, names: dict[str, str], frame: Window) -> Unit:
    """A unit's report in plain values; no person stands in it but in its note."""
    event, zone = each.confirmation, frame.end.tzinfo
    if event is None:
        return Unit(each.unit, names.get(each.unit, each.unit), each.state)
    return Unit(
        each.unit,
        names.get(each.unit, each.unit),
        each.state,
        event.at.astimezone(zone),
        event.received_at.astimezone(zone),
        bool(event.data.get("zero")),
        event.data.get("channel") or "app",
        each.note,
    )


def _declared(question: Question, day: date, names: dict[str, str]) -> list[DeclaredTotals]:
    """The latest totals that each unit of the area declared for the day."""
    topics = {f"{day.isoformat()}|{code}": code for code in names}
    events = standing(Declared, as_of=question.as_of).filter(topic__startswith=f"{day.isoformat()}|").order_by("received_at", "arrival")
    latest = {topics[event.topic]: event for event in events if event.topic in topics}
    return [
        DeclaredTotals(code, names[code], event.data["channel"], _beside(event.data["figures"], code, question))
        for code, event in sorted(latest.items())
    ]


def _beside(declared: dict[str, int], unit: str, question: Question) -> list[DeclaredFigure]:
    mine = Question(unit, question.start, question.end, question.as_of)
    found = [(number, figure(name, mine)) for name, number in sorted(declared.items())]
    return [
        DeclaredFigure(one.name, kept(one.label), number, value)
        for number, one in found
        if one and is_shown(one, mine) and isinstance(value := one.rows(mine).value(), int)
    ]


def _plans(question: Question) -> list[tuple[str, datetime]]:
    plans = Campaign.objects.as_of(question.as_of).filter(starts_at__lt=question.end, ends_at__gt=question.start)
    return [(plan.code, plan.learned_at) for plan in plans.order_by("code")]


def declarable(question: Question) -> list[Figure]:
    """The figures of which a unit that does not record yet may tell totals: those of the pack's `report.declared`, else the usual ones."""
    asked = question.policy.get("report.declared", DECLARABLE)
    known = {one.name: one for each in _shown_sections(question, Level.VILLAGE) for one in each.figures if is_shown(one, question)}
    return [known[name] for name in asked if name in known]
