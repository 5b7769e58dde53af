"""Its part of the daily report."""

from collections.abc import Callable

from django.db.models import Q

from closeknit.kit.text import Text
from closeknit.ledger.fields import Decision
from closeknit.measures.venueentries.tallies import BY_CODE
from closeknit.measures.venues.kinds import Entered
from closeknit.reports.figures import EventRows, Figure, Question, Section, section

REFUSED = Q(data__decision__in=[Decision.TURNED_AWAY.value, Decision.REFERRED.value])
CODES = Q(data__way__in=[each.value for each in BY_CODE])
LET_IN = Q(data__decision=Decision.ADMITTED.value) | ~Q(data__has_key="decision")


def _entered(which: Q) -> Callable[[Question], EventRows]:
    return lambda question: EventRows(question.events(Entered).filter(which))


SECTION = section(
    Section(
        "venueentries",
        Text("Entries at venues", "场所进入登记"),
        (
            Figure("venues.entries", Text("Entries", "进入人次"), _entered(LET_IN), whereabouts=True),
            Figure("venues.entries_by_code", Text("By code", "扫码或亮码"), _entered(LET_IN & CODES), whereabouts=True),
            Figure("venues.entries_by_hand", Text("On paper or by card", "纸质或证件登记"), _entered(LET_IN & ~CODES), whereabouts=True),
            Figure("venues.entries_helped", Text("Registered by somebody else", "他人代登记"), _entered(LET_IN & Q(data__helped=True)),
                   whereabouts=True),
            Figure("venues.entries_refused", Text("Not let in", "未放行"), _entered(REFUSED), whereabouts=True),
            Figure(
                "venues.entries_two_codes", Text("Two codes checked", "二码联查"),
                _entered(Q(data__has_key="colour") & Q(data__has_key="travel_card")), whereabouts=True, feature="health_code",
            ),
        ),
        order=52,
        feature="venue_code",
    )
)  # fmt: skip
