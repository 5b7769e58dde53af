"""Its part of the daily report."""

from django.db.models import Q

from closeknit.kit.text import Text
from closeknit.ledger.fields import Decision
from closeknit.measures.venueentries.tallies import BY_CODE
from closeknit.measures.venues.kinds import Entered
from closeknit.reports.counting import count
from closeknit.reports.figures import Figure, Section, section

REFUSED = Q(data__decision__in=[Decision.TURNED_AWAY.value, Decision.REFERRED.value])
CODES = Q(data__way__in=[each.value for each in BY_CODE])
TWO_CODES = Q(data__has_key="colour") & Q(data__has_key="travel_card")
LET_IN = Q(data__decision=Decision.ADMITTED.value) | ~Q(data__has_key="decision")


def _entered(name: str, label: Text, which: Q, *, feature: str = "") -> Figure:
    return Figure(f"venues.entries{name}", label, count(Entered, which), whereabouts=True, feature=feature)


SECTION = section(
    Section(
        "venueentries",
        Text("Entries at venues", "场所进入登记"),
        (
            _entered("", Text("Entries", "进入人次"), LET_IN),
            _entered("_by_code", Text("By code", "扫码或亮码"), LET_IN & CODES),
            _entered("_by_hand", Text("On paper or by card", "纸质或证件登记"), LET_IN & ~CODES),
            _entered("_helped", Text("Registered by somebody else", "他人代登记"), LET_IN & Q(data__helped=True)),
            _entered("_refused", Text("Not let in", "未放行"), REFUSED),
            _entered("_two_codes", Text("Two codes checked", "二码联查"), TWO_CODES, feature="health_code"),
        ),
        order=52,
        feature="venue_code",
    )
)
