"""Its part of the daily report: what residents did by themselves and through a helper, and how many households have a card."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds, names
from closeknit.ledger.models import Event
from closeknit.measures.residents.kinds import CardIssued, CardRevoked
from closeknit.measures.residents.saying import USES
from closeknit.measures.residents.visitors import DEVICE, HELPED
from closeknit.registry.known import names_as_of
from closeknit.reports.figures import CodeRows, EventRows, Figure, Question, Section, section


def _said(prefix: str, *wanted: str) -> Callable[[Question], EventRows]:
    """Standing records of these kinds that came by a card or poster, or through a helper."""
    return lambda question: EventRows(question.events(*(kinds()[name].said for name in wanted), device__startswith=prefix))


def _cards(question: Question) -> CodeRows:
    """Households whose latest word on a card is that they got one."""
    other_names = names_as_of("household", question.as_of)
    latest: dict[str, Event] = {}
    events = question.until(CardIssued, CardRevoked).defer("personal", "digest")
    for event in sorted(events, key=lambda event: event.order):
        latest[other_names.get(event.household, event.household)] = event
    issued = names(CardIssued)[0]
    having = {code: event for code, event in latest.items() if event.kind == issued}
    return CodeRows("household", sorted(having), having)


SECTION = section(
    Section(
        "residents",
        Text("Residents by themselves", "居民自助"),
        (
            Figure("residents.requests.declared", Text("Returns declared", "自助报备"), _said(DEVICE, "returnees.declared")),
            Figure("residents.requests.help", Text("Help asked for", "自助求助"), _said(DEVICE, "care.help_requested")),
            Figure("residents.requests.ordered", Text("Orders", "自助订购"), _said(DEVICE, "supplies.ordered")),
            Figure(
                "residents.requests.objected", Text("Objections", "自助提出异议"), _said(DEVICE, "isolation.objected"), feature="isolation"
            ),
            Figure("residents.helped", Text("Through a helper", "工作人员代办"), _said(HELPED, *USES)),
            Figure("residents.cards", Text("Households with a card", "持卡户数"), _cards, state=True),
        ),
        order=80,
    )
)
