"""The manifest of referrals: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text

MEASURE = register(Measure(name="referrals", label=Text("Hand-overs", "移送主管部门"), order=54))
