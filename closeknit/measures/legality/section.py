"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.legality.drawing import draws
from closeknit.measures.legality.kinds import Reviewed
from closeknit.reports.figures import CodeRows, Figure, GroupedRows, Question, Section, section


def _topic(event: Event) -> str:
    return event.topic


def _place(event: Event) -> str:
    return event.place


def _reviewed(**where: str) -> Callable[[Question], GroupedRows]:
    return lambda question: GroupedRows(question.events(Reviewed, **where), key=_topic, about="place", code=_place)


def _waiting(question: Question) -> CodeRows:
    found = draws(question.area, until=question.end, as_of=question.as_of)
    left = {act: (place, each.event) for each in found for act, place in each.left}
    return CodeRows("place", sorted(place for place, _ in left.values()), dict(left.values()))


SECTION = section(
    Section(
        "legality",
        Text("Legality of acts", "处置合法性抽查"),
        (
            Figure("legality.reviewed", Text("Acts reviewed", "审查处置"), _reviewed()),
            Figure("legality.set_aside", Text("Set aside by review", "审查撤销"), _reviewed(data__outcome="set_aside")),
            Figure("legality.waiting", Text("Drawn and not reviewed", "抽中未审查"), _waiting, state=True),
        ),
        order=55,
    )
)
