"""The manifest of notices: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="notices", label=Text("Notices", "通知发布"), order=93))
