"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.stores.standing import Store, stores
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _stores(pick: Callable[[Store], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        found = question.once("stores", lambda: stores(question.area, question.policy, question.end, question.as_of))
        picked = {each.place.code: each for each in found if pick(each)}
        return CodeRows("place", sorted(picked), {code: each.last for code, each in picked.items() if each.last})

    return rows


SECTION = section(
    Section(
        "stores",
        Text("Cold stores", "冷库"),
        (
            Figure("coldchain.stores_in_doubt", Text("Chiefs not valid", "库长不合规"), _stores(lambda one: bool(one.faults)), state=True),
            Figure("coldchain.stores_unchecked", Text("Check overdue", "逾期未查冷库"), _stores(lambda one: one.late), state=True),
            Figure(
                "coldchain.stores_without_notice", Text("Without a notice", "未公示冷库"), _stores(lambda one: not one.has_notice),
                state=True,
            ),
        ),
        order=58,
        feature="coldchain",
    )
)  # fmt: skip
