"""The manifest: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="zonedesk", label=Text("Zones desk", "管控区工作台"), order=56))
