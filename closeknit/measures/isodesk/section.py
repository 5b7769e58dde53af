"""Its part of the daily report."""

from collections.abc import Callable
from datetime import timedelta

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.measures.isolation.kinds import (
    SITE,
    IsolationMeasure,
    Released,
    Stage,
    Stay,
    Transferred,
    checks_of_day,
    periods_due,
    rooms,
    stays,
)
from closeknit.registry.known import names_as_of
from closeknit.registry.models import Place
from closeknit.reports.counting import data
from closeknit.reports.figures import CodeRows, Figure, GroupedRows, Question, Section, section


def _stays(question: Question) -> list[Stay]:
    """The stays of all who live in the area, and those of its sites."""
    return list(question.once("stays", lambda: stays(question.area, until=question.end, as_of=question.as_of)))


def _homes(question: Question) -> list[Stay]:
    return [each for each in _stays(question) if each.home in question.areas]


def _under(question: Question) -> list[Stay]:
    return [each for each in _homes(question) if each.is_under(question.end, question.policy.timezone)]


def _persons(pick: Callable[[Question], list[tuple[str, Event | None]]]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = pick(question)
        return CodeRows("person", sorted(code for code, _ in picked), {code: event for code, event in picked if event})

    return rows


def _by_measure(measure: IsolationMeasure) -> Callable[[Question], CodeRows]:
    return _persons(lambda question: [(each.person, each.order) for each in _under(question) if each.measure == measure.value])


def _readings(question: Question) -> list[tuple[str, Event | None]]:
    """Each reading that is due on the day, with the one that was made."""

    def reckon() -> list[tuple[str, Event | None]]:
        under, pack = _under(question), question.policy
        made = checks_of_day([each.person for each in under], question.end, pack.timezone, as_of=question.as_of)
        return [
            (each.person, made.get(each.person, {}).get(period))
            for each in under
            if each.order
            for period in periods_due(each.order.at, question.end, pack)
        ]

    return list(question.once("readings", reckon))


def _over(question: Question) -> list[tuple[str, Event | None]]:
    return [(each.person, each.order) for each in _homes(question) if each.is_over(question.end, question.policy.timezone)]


def _objections(question: Question) -> list[Event]:
    return [event for each in _homes(question) for event in each.objections]


def _late(question: Question) -> list[Event]:
    within = timedelta(hours=float(question.policy.get("isolation.objection_within_h")))
    return [event for event in _objections(question) if event.at + within <= question.end]


def _by_event(pick: Callable[[Question], list[Event]]) -> Callable[[Question], CodeRows]:
    return _persons(lambda question: [(event.person, event) for event in pick(question)])


def _travelling(question: Question) -> list[tuple[str, Event | None]]:
    return [(each.person, each.trip[each.stage]) for each in _homes(question) if each.stage]


def _people(said: type[Said], **where: str) -> Callable[[Question], GroupedRows]:
    """Distinct persons; people who were merged are one."""

    def rows(question: Question) -> GroupedRows:
        names = question.once("names", lambda: names_as_of("person", question.as_of))

        def one(event: Event) -> str:
            return str(names.get(event.person, event.person))

        return GroupedRows(question.events(said, **data(where)), key=one, about="person", code=one)

    return rows


def _beds(question: Question) -> CodeRows:
    """A code for each bed of a room in use at a site of the area: the site's, as often as it has beds."""
    found = rooms(_sites(question), (), until=question.end, as_of=question.as_of)
    return CodeRows("place", sorted(room.place for room in found if not room.closed for _ in range(room.beds)))


def _sites(question: Question) -> list[str]:
    below = Area.objects.below(question.area, question.as_of).values("code")
    return list(Place.objects.as_of(question.as_of).filter(area__in=below, category=SITE).values_list("code", flat=True))


def _inside(question: Question) -> list[tuple[str, Event | None]]:
    sites = _sites(question)
    return [(each.person, each.room) for each in _stays(question) if each.place in sites]


FIGURES = (
    Figure("isolation.transferred", Text("Transferred", "已转运人员"), _people(Transferred, stage=Stage.ARRIVED.value)),
    Figure("isolation.released", Text("Released", "已解除人员"), _people(Released)),
    *(Figure(f"isolation.{each.value}", each.label, _by_measure(each), state=True) for each in IsolationMeasure),
    Figure("isolation.transfers_open", Text("Transfers under way", "转运未完成"), _persons(_travelling), state=True),
    Figure("isolation.beds", Text("Beds in use", "启用床位"), _beds, state=True),
    Figure("isolation.inside", Text("At isolation sites", "隔离场所在住"), _persons(_inside), state=True),
    Figure("isolation.readings_due", Text("Readings due", "应测"), _persons(_readings), state=True),
    Figure(
        "isolation.readings_made", Text("Readings made", "已测"),
        _persons(lambda question: [pair for pair in _readings(question) if pair[1]]), state=True,
    ),
    Figure("isolation.overdue_release", Text("Order over, to be told", "到期待告知解除"), _persons(_over), state=True),
    Figure("isolation.objections_open", Text("Objections open", "异议待处理"), _by_event(_objections), state=True),
    Figure("isolation.objections_late", Text("Objections late", "异议逾期"), _by_event(_late), state=True),
)  # fmt: skip
SECTION = section(Section("isolation", Text("Isolation", "隔离管理"), FIGURES, order=57, feature="isolation"))
