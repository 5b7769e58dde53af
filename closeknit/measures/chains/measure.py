"""The manifest of chains: it has no screen of its own."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.chains import kinds  # noqa: F401 what others may use

MEASURE = register(Measure(name="chains", label=Text("Reader of sign-ups", "接龙识别"), order=76))
