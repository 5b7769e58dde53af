"""Figures of campaigns: due, reached, gap, each with the targets behind it."""

from collections.abc import Callable

from closeknit.campaigns.coverage import Coverage, coverage
from closeknit.campaigns.types import types
from closeknit.ledger.models import Event
from closeknit.reports.figures import CodeRows, Question


def coverages(kind: str, question: Question) -> list[Coverage]:
    """The coverage of every campaign of a kind that overlaps the window, at the window's end; reckoned once a question."""
    return list(
        question.once(
            ("coverage", kind),
            lambda: [coverage(each, question.area, until=question.end, as_of=question.as_of) for each in question.campaigns(kind)],
        )
    )


def targets_where(kind: str, pick: Callable[[Coverage], set[str]]) -> Callable[[Question], CodeRows]:
    """A figure that counts targets, each campaign for itself, added up."""

    def rows(question: Question) -> CodeRows:
        codes: list[str] = []
        events: dict[str, Event] = {}
        for each in coverages(kind, question):
            picked = pick(each)
            codes.extend(sorted(picked))
            events.update(each.latest(picked))
        return CodeRows(types()[kind].subject, codes, events)

    return rows
