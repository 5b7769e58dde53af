"""The manifest of schools: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.schools import kinds

MEASURE = register(Measure(name="schools", label=Text("Schools", "学校"), kinds=(kinds.ClassSet,), order=60))
