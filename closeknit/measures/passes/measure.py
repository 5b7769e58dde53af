"""The manifest of passes: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.passes import kinds

MEASURE = register(
    Measure(
        name="passes",
        label=Text("Passes", "通行状态"),
        kinds=(kinds.CodeGiven, kinds.CodeEnded, kinds.PassObjected, kinds.PassAnswered),
        order=43,
    )
)
