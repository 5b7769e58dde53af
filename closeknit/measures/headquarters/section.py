"""Its part of the daily report: what is set up, and where nobody is named."""

from collections.abc import Callable

from closeknit.areas.models import Area, Level
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.headquarters.standing import Body, bodies, holders
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _bodies(pick: Callable[[Body], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        today = question.end.astimezone(question.policy.timezone).date()
        found = question.once("bodies", lambda: bodies(question.area, today, until=question.end, as_of=question.as_of))
        picked: dict[str, Event] = {f"{each.area} {each.name}": each.event for each in found if each.stands and pick(each)}
        return CodeRows("event", sorted(picked), picked)

    return rows


def _vacant(question: Question) -> CodeRows:
    today = question.end.astimezone(question.policy.timezone).date()
    found = holders(question.area, today, until=question.end, as_of=question.as_of)
    villages = Area.objects.below(question.area, question.as_of).filter(level=Level.VILLAGE).order_by("path").values_list("code", flat=True)
    wanted = question.policy.get("headquarters.village_posts")
    return CodeRows("area", [code for code in villages for post in wanted if not found.get((code, post))])


SECTION = section(
    Section(
        "headquarters",
        Text("Headquarters", "指挥体系"),
        (
            Figure("headquarters.bodies", Text("Headquarters and task forces", "指挥部与专班"), _bodies(lambda each: True), state=True),
            Figure("headquarters.no_leader", Text("Without a leader", "负责人待定"), _bodies(lambda each: not each.leader), state=True),
            Figure("headquarters.posts_vacant", Text("Vacant posts of villages", "村级岗位空缺"), _vacant, state=True),
        ),
        order=93,
    )
)
