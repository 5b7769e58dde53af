"""Its part of the daily report."""

from datetime import datetime, timedelta

from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_window, standing
from closeknit.measures.supervision.kinds import ProblemFound
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _repeated(question: Question) -> CodeRows:
    """Problems found last in the window that their unit was found with in the days before, wherever that was."""
    days = timedelta(days=int(question.policy.get("supervision.repeat_days")))
    here = set(question.events(ProblemFound).values_list("id", flat=True))
    events = in_window(standing(ProblemFound, as_of=question.as_of), question.start - days, question.end).defer("personal", "digest")
    finds = sorted((steps[-1] for steps in grouped(list(events), "topic").values()), key=lambda event: event.order)
    last: dict[tuple[str, str], datetime] = {}
    again: dict[str, Event] = {}
    for event in finds:
        key = event.data["unit"], fold(event.data["title"])
        if event.id in here and key in last and event.at - last[key] <= days:
            again[event.topic] = event
        last[key] = event.at
    return CodeRows("problem", sorted(again), again)


SECTION = section(
    Section(
        "results",
        Text("Repeated problems", "重复问题"),
        (Figure("results.repeated", Text("Found again", "重复发生"), _repeated),),
        order=92,
    )
)
