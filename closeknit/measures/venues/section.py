"""Its part of the daily report."""

from closeknit.campaigns.coverage import Coverage
from closeknit.kit.text import Text
from closeknit.measures.venues.campaigns import has_problem
from closeknit.reports.covering import targets_where
from closeknit.reports.figures import Figure, Section, section

PATROL = "venues.patrol"


def _with_problems(coverage: Coverage) -> set[str]:
    return {code for code, visits in coverage.tried.items() if any(has_problem(visit) for visit in visits)}


SECTION = section(
    Section(
        "venues",
        Text("Patrol of venues", "场所巡查"),
        (
            Figure("venues.due", Text("Places due", "应巡场所"), targets_where(PATROL, lambda each: each.due), state=True),
            Figure("venues.patrolled", Text("Patrolled", "已巡场所"), targets_where(PATROL, lambda each: each.reached), state=True),
            Figure("venues.gap", Text("Left", "未巡场所"), targets_where(PATROL, lambda each: each.gap), state=True),
            Figure("venues.with_problems", Text("With problems", "发现问题场所"), targets_where(PATROL, _with_problems), state=True),
        ),
        order=50,
    )
)
