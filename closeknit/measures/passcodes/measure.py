"""The manifest of codes and objections: read this first. What can be said of them stands in `passes`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.passcodes import objections, people, section, watch  # noqa: F401 watches declare themselves

VIEW, FEATURE = "passes.view", "passes"

MEASURE = register(
    Measure(
        name="passcodes",
        label=Text("Codes and objections", "持码与异议"),
        sections=(section.SECTION,),
        screens=(
            Screen("passes.answer", "passes/answer/<uuid:event>/", objections.answer, objections.ANSWER, "passes.manage",
                   area_of=objections.area_of_objection, feature=FEATURE),
            Screen("passes.codes", "passes/<str:area>/", people.codes, people.PASSES, VIEW,
                   menu=Menu("people", 72, "shield-check"), scoped_by="area", feature=FEATURE),
            Screen("passes.people", "passes/<str:area>/people/", people.people, people.PEOPLE, VIEW, scoped_by="area", feature=FEATURE),
            Screen("passes.objections", "passes/<str:area>/objections/", objections.objections, objections.OBJECTIONS, VIEW,
                   scoped_by="area", feature=FEATURE),
        ),
        order=44,
    )
)  # fmt: skip
