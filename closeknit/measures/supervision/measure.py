"""The manifest of supervision: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.supervision import kinds, listing, problem, projections, section, watch  # noqa: F401 projections and watches declare themselves

MEASURE = register(
    Measure(
        name="supervision",
        label=Text("Problems", "督查整改"),
        kinds=kinds.STEPS,
        sections=(section.SECTION,),
        screens=(
            Screen(
                "supervision.problems", "problems/<str:area>/", listing.problems, Text("Problems", "督查整改"), "supervision.view",
                menu=Menu("check", 10, "clipboard-list"), scoped_by="area",
            ),
            Screen(
                "supervision.problem", "problem/<path:code>/", problem.problem, Text("Problem", "问题"), "supervision.view",
                area_of=problem.area_of_problem,
            ),
        ),
        order=50,
    )
)  # fmt: skip
