"""Its part of the daily report: base numbers by dose, who is due, and what they answered."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from closeknit.kit.text import Text
from closeknit.measures.dueshots.people import Shot, View, people
from closeknit.measures.vaccination.kinds import Answer, Mobilised
from closeknit.reports.counting import count
from closeknit.reports.figures import AlikeRows, Figure, Question, Section, section

Pick = Callable[[Shot], bool]


def _alike(question: Question) -> list[list[Shot]]:
    """The persons, those together who count alike in every figure."""

    def reckon() -> list[list[Shot]]:
        groups: dict[Hashable, list[Shot]] = defaultdict(list)
        for each in people(View(question.area, question.end, question.policy, question.as_of)):
            groups[each.state, each.doses, each.answer if each.answered else ""].append(each)
        return list(groups.values())

    return list(question.once("shots", reckon))


def _where(pick: Pick) -> Callable[[Question], AlikeRows]:
    return lambda question: AlikeRows("person", [group for group in _alike(question) if pick(group[0])])


def _due(answer: str) -> Callable[[Question], AlikeRows]:
    return _where(lambda each: each.state == "due" and each.answer == answer)


def _boosters(question: Question) -> AlikeRows:
    first = question.policy.get("booster.from_dose", 0)
    due = _where(lambda each: each.state == "due" and int(each.next_dose or 0) >= first)
    return due(question) if question.policy.has("booster") else AlikeRows("person", [])


def _had(dose: int) -> Figure:
    label = Text("Had {n} dose{n:s} or more", "已接种 {n} 剂及以上", n=dose)
    return Figure(f"vaccination.had.{dose}", label, _where(lambda each: each.doses >= dose), state=True)


def _answered(answer: Answer) -> Figure:
    label = Text("Due: {answer}", "应种未种：{answer}", answer=answer.label)
    return Figure(f"vaccination.due_{answer.value}", label, _due(answer.value), state=True)


def by_dose(question: Question) -> Iterable[Figure]:
    """A figure for each dose of the schedule."""
    return [_had(int(line["dose"])) for line in question.policy.get("vaccination.schedule")]


SECTION = section(
    Section(
        "dueshots",
        Text("Vaccination base numbers", "接种底数"),
        (
            Figure("vaccination.persons", Text("Persons", "应建档人数"), _where(lambda each: True), state=True),
            Figure("vaccination.due", Text("Due for a dose", "应种未种"), _where(lambda each: each.state == "due"), state=True),
            Figure("vaccination.due_booster", Text("Due for a booster", "加强针应种未种"), _boosters, feature="booster", state=True),
            Figure("vaccination.age_unknown", Text("Age not known", "年龄不详"), _where(lambda each: each.state == "unknown"), state=True),
            *(_answered(each) for each in Answer),
            Figure("vaccination.due_unanswered", Text("Due, not asked yet", "应种未种：尚未动员"), _due(""), state=True),
            Figure("vaccination.mobilised", Text("Asked about the next dose", "接种动员"), count(Mobilised)),
        ),
        order=61,
        dynamic=by_dose,
    )
)
