"""The manifest of controls and closures: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.controls import kinds, section

MEASURE = register(
    Measure(
        name="controls",
        label=Text("Controls and closures", "交通管制与活动限制"),
        kinds=(kinds.ControlOrdered, kinds.ControlLifted, kinds.SquareGuarded),
        sections=(section.SECTION,),
        order=45,
    )
)
