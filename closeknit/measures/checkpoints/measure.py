"""The manifest of checkpoints: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.checkpoints import kinds, screens, section, tallies, watch  # noqa: F401 tallies and watches declare themselves

MEASURE = register(
    Measure(
        name="checkpoints",
        label=Text("Checkpoints", "卡点查验"),
        kinds=(kinds.VehicleChecked, kinds.PersonChecked, kinds.Tallied),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "checkpoints.posts", "checkpoints/<str:area>/", screens.posts, Text("Checkpoints", "卡点查验"), "checkpoints.view",
                menu=Menu("places", 30, "barrier-block"), scoped_by="area", phone=1,
            ),
            Screen(
                "checkpoints.owed", "checkpoints/<str:area>/owed/", screens.owed, Text("Turned away, reason owed", "劝返车辆待补原因"),
                "checkpoints.view", scoped_by="area",
            ),
            Screen(
                "checkpoints.post", "checkpoint/<path:code>/", screens.post, Text("Checkpoint", "卡点"), "checkpoints.view",
                area_of=screens.area_of_post,
            ),
        ),
        order=30,
    )
)  # fmt: skip
