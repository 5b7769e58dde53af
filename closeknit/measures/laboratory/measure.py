"""The manifest of laboratory: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="laboratory", label=Text("Laboratory", "检测机构"), order=56))
