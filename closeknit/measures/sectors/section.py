"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.campaigns.coverage import Coverage
from closeknit.kit.text import Text
from closeknit.measures.sectors.campaigns import ROUNDS, has_problem
from closeknit.reports.covering import TargetRows, targets_where
from closeknit.reports.figures import Figure, Question, Section, section


def _places(pick: Callable[[Coverage], set[str]]) -> Callable[[Question], TargetRows]:
    """Counts places, each round of each sector for itself, added up."""
    first, *others = (each.kind for each in ROUNDS)
    return targets_where(first, pick, *others)


def _with_problems(coverage: Coverage) -> set[str]:
    return {code for code, checks in coverage.tried.items() if any(has_problem(check) for check in checks)}


SECTION = section(
    Section(
        "sectors",
        Text("Sector checks", "行业安全检查"),
        (
            Figure("sectors.due", Text("Places due", "应查场所"), _places(lambda each: each.due), state=True),
            Figure("sectors.checked", Text("Checked", "已查场所"), _places(lambda each: each.reached), state=True),
            Figure("sectors.gap", Text("Not checked", "未查场所"), _places(lambda each: each.gap), state=True),
            Figure("sectors.with_problems", Text("With problems", "发现问题场所"), _places(_with_problems), state=True),
        ),
        order=60,
    )
)
