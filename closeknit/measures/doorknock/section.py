"""Its part of the daily report."""

from closeknit.campaigns.coverage import Coverage
from closeknit.kit.text import Text
from closeknit.measures.doorknock.kinds import Visited
from closeknit.reports.counting import count, distinct
from closeknit.reports.covering import targets_where
from closeknit.reports.figures import Figure, Section, section


def _refused(coverage: Coverage) -> set[str]:
    return coverage.with_outcome("refused")


SECTION = section(
    Section(
        "doorknock",
        Text("Door-to-door sweep", "敲门行动"),
        (
            Figure("doorknock.due", Text("Households due", "应走访户"), targets_where("doorknock", lambda each: each.due), state=True),
            Figure("doorknock.settled", Text("Settled", "已落实户"), targets_where("doorknock", lambda each: each.reached), state=True),
            Figure("doorknock.gap", Text("Left", "未落实户"), targets_where("doorknock", lambda each: each.gap), state=True),
            Figure("doorknock.refused", Text("Refused", "拒绝户"), targets_where("doorknock", _refused), state=True),
            Figure("doorknock.visits", Text("Visits", "走访次数"), count(Visited)),
            Figure("doorknock.visitors", Text("Visitors", "走访人员"), distinct("member", Visited)),
        ),
        order=20,
    )
)
