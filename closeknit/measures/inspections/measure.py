"""The manifest of inspections: what can be said. Screens: `premises` (places and runs), `acts`, `referrals`. Read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.inspections import kinds

MEASURE = register(
    Measure(
        name="inspections",
        label=Text("Inspections", "监督检查"),
        kinds=(
            kinds.Inspected, kinds.FindingRectified, kinds.PremisesLookedBack, kinds.ActLifted, kinds.Written, kinds.Served,
            kinds.CarriedOut, kinds.Objected, kinds.ObjectionDecided,
        ),
        order=52,
    )
)  # fmt: skip
