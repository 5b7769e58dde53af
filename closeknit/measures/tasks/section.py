"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.tasks.said import TaskSet
from closeknit.measures.tasks.standing import Task, tasks_in
from closeknit.reports.counting import distinct
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _tasks(pick: Callable[[Task, Question], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        found = question.once("tasks", lambda: tasks_in(question.area, until=question.end, as_of=question.as_of))
        picked = {each.number: each.event for each in found if pick(each, question)}
        return CodeRows("event", sorted(picked), picked)

    return rows


SECTION = section(
    Section(
        "tasks",
        Text("Tasks", "任务交办"),
        (
            Figure("tasks.set", Text("Set", "交办任务"), distinct("topic", TaskSet)),
            Figure("tasks.open", Text("Open", "未完成"), _tasks(lambda each, question: each.state == "open"), state=True),
            Figure("tasks.overdue", Text("Overdue", "逾期"),
                   _tasks(lambda each, question: each.is_overdue(question.end, question.policy.timezone)), state=True),
            Figure("tasks.carried_over", Text("Open, carried over", "延期未完成"),
                   _tasks(lambda each, question: each.state == "open" and each.times_carried > 0), state=True),
            Figure("tasks.done", Text("Done", "已完成"), _tasks(lambda each, question: each.state == "done"), state=True),
            Figure("tasks.dropped", Text("Dropped", "已取消"), _tasks(lambda each, question: each.state == "dropped"), state=True),
        ),
        order=92,
    )
)  # fmt: skip
