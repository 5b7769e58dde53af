"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.workforce.kinds import SignedIn
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, GroupedRows, Question, Section, section


def _member(event: Event) -> str:
    return event.member


def _person_times(question: Question) -> GroupedRows:
    """Sign-ins, each member once a place (or else area) and local day."""
    zone = question.policy.timezone

    def key(event: Event) -> tuple[str, str, str]:
        return (event.member, event.place or event.area, event.at.astimezone(zone).date().isoformat())

    return GroupedRows(question.events(SignedIn), key=key, about="member", code=_member)


SECTION = section(
    Section(
        "workforce",
        Text("People on duty", "在岗力量"),
        (
            Figure("workforce.people", Text("People", "在岗人数"), distinct("member", SignedIn)),
            Figure("workforce.person_times", Text("Person-times", "在岗人次"), _person_times),
        ),
        order=70,
    )
)
