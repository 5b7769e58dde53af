"""The manifest of lists: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="lists", label=Text("Pushed lists", "推送名单"), order=22))
