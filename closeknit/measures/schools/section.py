"""Its part of the daily report."""

from collections.abc import Callable, Iterable

from closeknit.campaigns.cadences.kinds import Drawn
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_window, standing
from closeknit.measures.schools.campaigns import KIND
from closeknit.measures.schools.standing import School, as_known, groups_of
from closeknit.reports.covering import targets_where
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _each(reference: str, give: Callable[[School], Iterable[str]]) -> Callable[[Question], CodeRows]:
    return lambda question: CodeRows(reference, [code for each in as_known(question) for code in give(each)])


def _people(question: Question) -> CodeRows:
    return CodeRows("person", sorted({person for each in as_known(question) for person in each.people}))


def _drawn(question: Question) -> CodeRows:
    topics = [group.topic for group in groups_of(question)]
    draws = in_window(standing(Drawn, as_of=question.as_of), question.start, question.end).filter(topic__in=topics)
    events = list(draws.defer("personal", "digest").order_by("at", "id"))
    return CodeRows("person", [person for event in events for person in event.data["drawn"]],
                    {person: event for event in events for person in event.data["drawn"]})  # fmt: skip


SECTION = section(
    Section(
        "schools",
        Text("Schools", "学校"),
        (
            Figure("schools.schools", Text("Schools", "学校数"), _each("place", lambda each: [each.code]), state=True),
            Figure("schools.classes", Text("Classes", "班级数"), _each("place", lambda each: [each.code] * len(each.classes)), state=True),
            Figure("schools.people", Text("Persons", "师生人数"), _people, state=True),
            Figure(
                "schools.unnamed", Text("Not named yet", "未列名人数"), _each("place", lambda each: [each.code] * each.unnamed), state=True
            ),
            Figure("schools.due", Text("Due", "应检人数"), targets_where(KIND, lambda each: each.due), state=True),
            Figure("schools.sampled", Text("Sampled", "已检人数"), targets_where(KIND, lambda each: each.reached), state=True),
            Figure("schools.gap", Text("Left", "未检人数"), targets_where(KIND, lambda each: each.gap), state=True),
            Figure("schools.drawn", Text("Drawn by lot", "随机抽检人数"), _drawn),
        ),
        order=58,
        feature="testing",
    )
)
