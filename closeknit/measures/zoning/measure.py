"""The manifest: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="zoning", label=Text("Drawing zones", "划定管控区"), order=56))
