"""The manifest of residents: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="residents", label=Text("Residents", "便民服务"), order=80))
