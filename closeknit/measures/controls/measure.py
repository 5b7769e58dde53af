"""The manifest of controls and closures: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.controls import kinds, listing, ordering, public, section, watch  # noqa: F401 watches declare themselves

LABEL = Text("Controls and closures", "交通管制与活动限制")

MEASURE = register(
    Measure(
        name="controls",
        label=LABEL,
        kinds=(kinds.ControlOrdered, kinds.ControlLifted, kinds.SquareGuarded),
        sections=(section.SECTION,),
        screens=(
            Screen("controls.public", "now/", public.public, public.LABEL, "", public=True),
            Screen("controls.list", "controls/<str:area>/", listing.controls, LABEL, "controls.view", menu=Menu("places", 29, "ban"),
                   scoped_by="area"),
            Screen("controls.squares", "controls/<str:area>/squares/", listing.guarded, Text("Squares", "广场值守巡逻"), "controls.view",
                   scoped_by="area"),
            Screen("controls.order", "controls/<str:area>/new/", ordering.order, Text("New control", "发布管制"), "controls.manage",
                   scoped_by="area"),
            # Who may see which control depends on where it holds: asked by control_of.
            Screen("controls.control", "control/<str:control>/", listing.control, Text("Control", "管制"), "controls.view"),
            Screen("controls.change", "control/<str:control>/order/", ordering.change, Text("Extend or change", "延长或变更"),
                   "controls.manage"),
            Screen("controls.lift", "control/<str:control>/lift/", ordering.lift, Text("Lift", "解除"), "controls.manage"),
        ),
        order=45,
    )
)  # fmt: skip
