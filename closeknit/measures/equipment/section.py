"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.equipment.posts import Post, posts
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _posts(pick: Callable[[Post], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        found = question.once("equipment", lambda: posts(question.area, until=question.end, as_of=question.as_of))
        picked = [each for each in found if pick(each)]
        return CodeRows("place", [each.place.code for each in picked], {each.place.code: each.said for each in picked if each.said})

    return rows


SECTION = section(
    Section(
        "equipment",
        Text("Checkpoints and their equipment", "卡点与物资"),
        (
            Figure("checkpoints.posts", Text("Checkpoints manned", "启用卡点"), _posts(lambda post: not post.is_closed), state=True),
            Figure(
                "checkpoints.untyped", Text("Checkpoints without a type", "未定类型卡点"), _posts(lambda post: not post.type), state=True
            ),
            Figure(
                "checkpoints.lacking",
                Text("Checkpoints that lack equipment", "物资不齐卡点"),
                _posts(lambda post: bool(post.lacking)),
                state=True,
            ),
        ),
        order=41,
    )
)
