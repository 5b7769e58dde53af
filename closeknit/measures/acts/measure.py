"""The manifest of acts: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="acts", label=Text("Acts", "执法处置"), order=53))
