"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.campaigns.cadences.places import Planned, plan, results_of
from closeknit.kit.text import Text
from closeknit.ledger.fields import Result
from closeknit.measures.surfaces.kinds import PLAN
from closeknit.measures.testing.kinds import EnvironmentSampled
from closeknit.reports.counting import count
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _places(pick: Callable[[Planned], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        planned = question.once("surfaces", lambda: plan(PLAN, question.area, question.policy, question.end, question.as_of))
        return CodeRows("place", sorted(each.place.code for each in planned if pick(each)))

    return rows


def _positive(question: Question) -> CodeRows:
    events = {event.topic: event for event in question.events(EnvironmentSampled).defer("personal", "digest").order_by("at", "id")}
    results = results_of(PLAN, set(events), question.as_of)
    tubes = sorted(tube for tube, result in results.items() if result == Result.POSITIVE)
    return CodeRows("tube", tubes, {tube: events[tube] for tube in tubes})


SECTION = section(
    Section(
        "surfaces",
        Text("Surfaces and goods", "环境和物品采样"),
        (
            Figure("routine.places", Text("Places of the plan", "计划采样场所"), _places(lambda each: True), state=True),
            Figure("routine.places_overdue", Text("Places overdue", "逾期未采场所"), _places(lambda each: each.is_late), state=True),
            Figure("routine.environment", Text("Samples", "环境样本"), count(EnvironmentSampled)),
            Figure("routine.environment_positive", Text("Positive tubes", "阳性管"), _positive),
        ),
        order=57,
        feature="testing",
    )
)
