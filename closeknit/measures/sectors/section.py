"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.campaigns.coverage import Coverage
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.sectors.campaigns import ROUNDS, has_problem
from closeknit.reports.covering import coverages
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _places(pick: Callable[[Coverage], set[str]]) -> Callable[[Question], CodeRows]:
    """Counts places, each round of each sector for itself, added up."""

    def rows(question: Question) -> CodeRows:
        codes: list[str] = []
        events: dict[str, Event] = {}
        for each in (one for kind in ROUNDS for one in coverages(kind.kind, question)):
            picked = pick(each)
            codes.extend(sorted(picked))
            events.update(each.latest(picked))
        return CodeRows("place", codes, events)

    return rows


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
