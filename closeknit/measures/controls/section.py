"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.controls.control import Control, touching, unguarded
from closeknit.measures.controls.kinds import Guarding, Sort, SquareGuarded
from closeknit.reports.counting import distinct, total
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _touching(question: Question) -> list[Control]:
    return list(question.once("controls", lambda: touching(question.area, question.end, until=question.end, as_of=question.as_of)))


def _of_sort(sort: Sort) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        held = {each.number: order for each in _touching(question) if (order := each.order_at(question.end))}
        found = {number: order for number, order in held.items() if order.data["sort"] == sort.value}
        return CodeRows("control", sorted(found), found)

    return rows


def _unguarded(question: Question) -> CodeRows:
    found = unguarded(question.area, question.end, question.policy, until=question.end, as_of=question.as_of)
    return CodeRows("place", [each.code for each in found])


SECTION = section(
    Section(
        "controls",
        Text("Controls and closures", "交通管制与活动限制"),
        (
            Figure("controls.suspensions", Text("Suspensions in force", "生效活动暂停"), _of_sort(Sort.SUSPENSION), state=True),
            Figure("controls.traffic", Text("Traffic controls in force", "生效交通管制"), _of_sort(Sort.TRAFFIC), state=True),
            Figure(
                "controls.crowded", Text("Rules for crowded places in force", "生效密集场所从严管理"), _of_sort(Sort.CROWDED), state=True
            ),
            Figure(
                "controls.fixed",
                Text("Squares with a fixed post", "定点值守广场"),
                distinct("place", SquareGuarded, way=Guarding.FIXED.value),
            ),
            Figure(
                "controls.roving", Text("Squares on a patrol", "流动巡逻广场"), distinct("place", SquareGuarded, way=Guarding.ROVING.value)
            ),
            Figure("controls.dispersed", Text("Gatherings asked to go home", "劝散聚集"), total(SquareGuarded, "dispersed")),
            Figure("controls.unguarded", Text("Squares that nobody guards", "无人值守巡逻广场"), _unguarded, state=True),
        ),
        order=45,
    )
)
