"""The manifest of staffing: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.staffing import board, kinds, section, skills, watch  # noqa: F401 watches declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="staffing",
        label=Text("Staffing", "岗位力量"),
        kinds=(kinds.NeedSet,),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "staffing.board", "staffing/<str:area>/", board.board, Text("Need and presence", "需求与在岗"), "workforce.view",
                menu=Menu("workforce", 71, "users"), scoped_by="area", extra="board",
            ),
            Screen(
                "staffing.place", "staffing/at/<str:code>/", board.place, Text("Need and presence by hour", "各时段需求与在岗"),
                "workforce.view", area_of=area_of_place,
            ),
            Screen(
                "staffing.skills", "staffing/<str:area>/skills/", skills.skills, Text("Skills", "资质"), "deployment.view",
                scoped_by="area",
            ),
        ),
        order=71,
    )
)  # fmt: skip
