"""The manifest of care: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="care", label=Text("Care", "关爱帮扶"), order=78))
