"""The manifest of tasks: read this first."""

from closeknit.console.manifest import HomePart, Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.tasks import first_screen, listing, page, said, section, watch  # noqa: F401 watches declare themselves

ONE = "tasks/one/<str:number>/"

MEASURE = register(
    Measure(
        name="tasks",
        label=Text("Tasks", "任务"),
        kinds=(said.TaskSet, said.TaskStepped),
        sections=(section.SECTION,),
        home=(HomePart("tasks/home.html", first_screen.on_home, 6, "tasks.view"),),
        screens=(
            Screen(
                "tasks.list", "tasks/<str:area>/", listing.tasks, Text("Tasks", "任务"), "tasks.view",
                menu=Menu("today", 22, "list-check"), scoped_by="area",
            ),
            Screen("tasks.new", "tasks/<str:area>/new/", page.new, listing.NEW, "tasks.manage", scoped_by="area"),
            Screen("tasks.task", ONE, page.task, Text("A task", "任务详情"), "tasks.view", area_of=page.area_of_task),
            Screen("tasks.step", f"{ONE}<str:step>/", page.step, Text("A step", "登记进展"), "tasks.record", area_of=page.area_of_task),
        ),
        order=18,
    )
)  # fmt: skip
