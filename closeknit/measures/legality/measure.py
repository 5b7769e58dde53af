"""The manifest of legality: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="legality", label=Text("Legality", "合法性抽查"), order=55))
