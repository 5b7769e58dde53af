"""The manifest of recheck: read this first. Its kinds stand with those of the doors."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.doorknock.kinds import RecheckDrawn, Rechecked
from closeknit.measures.recheck import screens, section

MEASURE = register(
    Measure(
        name="recheck",
        label=Text("Call back", "回访抽查"),
        kinds=(RecheckDrawn, Rechecked),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "doorknock.recheck",
                "doorknock/<str:area>/recheck/",
                screens.page,
                Text("Call back", "回访抽查"),
                "supervision.record",
                menu=Menu("check", 40, "phone"),
                scoped_by="area",
            ),
            Screen(
                "doorknock.draw",
                "doorknock/<str:area>/recheck/draw/",
                screens.draw,
                Text("Draw doors", "抽取回访户"),
                "supervision.manage",
                scoped_by="area",
            ),
            Screen(
                "doorknock.call",
                "doorknock/<str:area>/recheck/<uuid:event>/",
                screens.call,
                Text("Call noted", "登记回访"),
                "supervision.record",
                scoped_by="area",
            ),
        ),
        order=85,
    )
)
