"""The manifest of deliveries: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="deliveries", label=Text("Deliveries", "物资配送"), order=77))
