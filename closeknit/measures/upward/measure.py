"""The manifest of upward: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="upward", label=Text("Forms of upper levels", "上级报表"), order=92))
