"""Its part of the daily report: the places and problems for which four parties were named."""

from closeknit.kit.text import Text
from closeknit.measures.parties.kinds import Named
from closeknit.reports.figures import Figure, GroupedRows, Question, Section, section


def _named(question: Question) -> GroupedRows:
    return GroupedRows(
        question.events(Named), lambda event: (event.place, event.topic if not event.place else ""), "area", lambda each: each.area
    )


SECTION = section(
    Section(
        "parties",
        Text("Four parties", "四方责任"),
        (Figure("parties.named", Text("Places and problems with four parties named", "落实四方责任的场所和问题"), _named),),
        order=97,
    )
)
