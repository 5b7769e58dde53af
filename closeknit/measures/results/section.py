"""Its part of the daily report."""

from datetime import timedelta

from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.ledger.projections import grouped
from closeknit.measures.supervision.kinds import ProblemFound
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _repeated(question: Question) -> CodeRows:
    """Problems found in the window that the same unit was found with in the days before."""
    days = timedelta(days=int(question.policy.get("supervision.repeat_days")))
    events = question.until(ProblemFound).filter(at__gte=question.start - days).defer("personal", "digest")
    finds = sorted((steps[-1] for steps in grouped(list(events), "topic").values()), key=lambda event: event.order)
    last, again = {}, {}
    for event in finds:
        key = event.data["unit"], fold(event.data["title"])
        if event.at >= question.start and key in last and event.at - last[key] <= days:
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
