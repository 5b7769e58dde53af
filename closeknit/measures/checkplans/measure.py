"""The manifest of plans of inspection: read this first. Its work is that of supervision."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.checkplans import checking, kinds, planning, screens, section, watch  # noqa: F401 the watch declares itself

AREA, PLAN = "check-plans/<str:area>/", "check-plan/<str:code>/"
TITLE = Text("Plans of inspection", "督查计划")

MEASURE = register(
    Measure(
        name="checkplans",
        label=TITLE,
        kinds=kinds.KINDS,
        sections=(section.SECTION,),
        screens=(
            Screen("checkplans.list", AREA, screens.plans, TITLE, "supervision.record", menu=Menu("check", 5, "clipboard-check"),
                   scoped_by="area"),
            Screen("checkplans.new", f"{AREA}new/", planning.new, screens.PLAN, "supervision.manage", scoped_by="area"),
            Screen("checkplans.plan", PLAN, screens.plan, TITLE, "supervision.record", area_of=screens.area_of_plan),
            Screen("checkplans.change", f"{PLAN}change/", planning.change, Text("Change a plan", "修改督查计划"), "supervision.manage",
                   area_of=screens.area_of_plan),
            Screen("checkplans.end", f"{PLAN}end/", planning.end, Text("End a plan", "结束督查计划"), "supervision.manage",
                   area_of=screens.area_of_plan),
            Screen("checkplans.check", f"{PLAN}check/<path:unit>/", checking.check, Text("Inspect", "检查"), "supervision.record",
                   area_of=lambda code, unit: screens.area_of_plan(code)),
        ),
        order=51,
    )
)  # fmt: skip
