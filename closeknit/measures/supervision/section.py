"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.supervision.folding import state
from closeknit.measures.supervision.kinds import STEPS, ProblemFound
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _problems(question: Question) -> dict[str, list[Event]]:
    """The standing steps before the window's end of every problem that was found in the area."""

    def reckon() -> dict[str, list[Event]]:
        found = set(question.until(ProblemFound).values_list("topic", flat=True))
        steps = standing(*STEPS, as_of=question.as_of).filter(at__lt=question.end, topic__in=found)
        return grouped(list(steps.defer("personal", "digest")), "topic")

    return dict(question.once("problems", reckon))


def _where(pick: Callable[[list[Event]], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = {topic: steps[-1] for topic, steps in _problems(question).items() if pick(steps)}
        return CodeRows("problem", sorted(picked), picked)

    return rows


def _found(question: Question) -> CodeRows:
    events = {event.topic: event for event in question.events(ProblemFound)}
    return CodeRows("problem", sorted(events), events)


SECTION = section(
    Section(
        "supervision",
        Text("Problems", "督查问题"),
        (
            Figure("supervision.found", Text("Found", "发现问题"), _found),
            Figure("supervision.open", Text("Open", "未销号"), _where(lambda steps: state(steps[-1]) != "closed"), state=True),
            Figure("supervision.closed", Text("Closed", "已销号"), _where(lambda steps: state(steps[-1]) == "closed"), state=True),
            Figure(
                "supervision.reopened",
                Text("Reopened at least once", "曾重新整改"),
                _where(lambda steps: any(step.data.get("outcome") == "reopened" for step in steps)),
                state=True,
            ),
        ),
        order=90,
    )
)
