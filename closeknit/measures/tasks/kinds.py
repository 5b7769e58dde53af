"""What can be said of a task, and what other measures may ask of tasks."""

from closeknit.measures.tasks.listing import Line, lines
from closeknit.measures.tasks.said import Step, TaskSet, TaskStepped
from closeknit.measures.tasks.standing import Task, task_of, tasks_from, tasks_in

__all__ = ["Line", "Step", "Task", "TaskSet", "TaskStepped", "lines", "task_of", "tasks_from", "tasks_in"]
