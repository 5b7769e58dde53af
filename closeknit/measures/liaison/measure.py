"""The manifest of liaison: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.liaison import body, duty, kinds, listing, section, watch  # noqa: F401 watches declare themselves

ONE = "bodies/<str:area>/<str:body>/"

MEASURE = register(
    Measure(
        name="liaison",
        label=Text("Liaison", "联络协调"),
        kinds=(kinds.Logged, kinds.Solved, kinds.HandedOver),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "liaison.list", "liaison/<str:area>/", listing.log, listing.HEADING, "tasks.view",
                menu=Menu("command", 40, "pencil"), scoped_by="area",
            ),
            Screen(
                "liaison.duty", "liaison/<str:area>/duty/", duty.duty, duty.HEADING, "tasks.view",
                menu=Menu("command", 50, "clock"), scoped_by="area",
            ),
            Screen("liaison.hand_over", "liaison/post/<str:code>/hand-over/", duty.hand_over, duty.HAND, "tasks.record",
                   area_of=duty.area_of_post),
            Screen("liaison.solve", "liaison/solve/<str:number>/", body.solve, listing.SOLVE, "tasks.record", area_of=body.area_of_log),
            Screen("liaison.body", ONE, body.page, Text("A task force", "专班详情"), "headquarters.view", scoped_by="area"),
            Screen("liaison.log", f"{ONE}log/", body.log, body.LOG, "tasks.record", scoped_by="area"),
        ),
        order=20,
    )
)  # fmt: skip
