"""The manifest of cases: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="cases", label=Text("Typical cases", "典型案例"), order=56))
