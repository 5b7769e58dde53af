"""The manifest of investigations: read this first."""

from closeknit.console.manifest import HomePart, Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.investigations import kinds, saying, screens, section, watch

LABEL = Text("Investigations", "流行病学调查")
CASE = "investigation/<str:case>/"

MEASURE = register(
    Measure(
        name="investigations",
        label=LABEL,
        kinds=(
            kinds.InvestigationOpened, kinds.InvestigationStaffNamed, kinds.InvestigationTaskGiven, kinds.InvestigationTaskDone,
            kinds.InvestigationClosed,
        ),
        sections=(section.SECTION,),
        home=(HomePart("investigations/mine.html", watch.home, order=20),),
        screens=(
            Screen("investigations.cases", "investigations/<str:area>/", screens.listed, LABEL, "investigations.view",
                   menu=Menu("people", 59, "zoom-check"), scoped_by="area"),
            Screen("investigations.open", "investigations/<str:area>/new/", saying.open_case, Text("Open a case", "启动调查"),
                   "investigations.record", scoped_by="area"),
            # Who may read which case: epidemiologists of its area, and whom it names; asked by case_of.
            Screen("investigations.mine", "investigation-tasks/", screens.mine, Text("My tasks of investigations", "我的调查任务"), ""),
            Screen("investigations.case", CASE, screens.case, Text("Case", "调查"), ""),
            Screen("investigations.task", f"{CASE}task/", saying.task, Text("Give a task", "交办任务"), "investigations.record"),
            Screen("investigations.staff", f"{CASE}staff/", saying.staff, Text("Who may read it", "可查看人员"), "investigations.record"),
            Screen("investigations.close", f"{CASE}close/", saying.close, Text("Close the case", "结束调查"), "investigations.record"),
            Screen("investigations.done", f"{CASE}task/<str:task>/", saying.done, Text("What became of it", "登记结果"), ""),
        ),
        order=58,
    )
)  # fmt: skip
