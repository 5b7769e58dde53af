"""The manifest of stock: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="stock", label=Text("Stock", "物资库存"), order=78))
