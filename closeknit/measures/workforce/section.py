"""Its part of the daily report."""

from dataclasses import dataclass

from django.db.models import QuerySet

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.workforce.kinds import SignedIn
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, Question, Section, section


@dataclass(frozen=True)
class PersonTimes:
    """Sign-ins; the value counts each member once a place (or else area) and local day."""

    events: QuerySet[Event]
    question: Question

    def value(self) -> int:
        zone = self.question.policy.timezone
        rows = self.events.values_list("member", "place", "area", "at")
        return len({(member, place or area, at.astimezone(zone).date()) for member, place, area, at in rows})


def _person_times(question: Question) -> PersonTimes:
    return PersonTimes(question.events(SignedIn), question)


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
