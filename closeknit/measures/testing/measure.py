"""The manifest of testing: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.testing import campaigns, kinds, reactions, section  # noqa: F401 reactions declare themselves

MEASURE = register(
    Measure(
        name="testing",
        label=Text("Testing", "核酸检测"),
        kinds=(
            kinds.SiteOpened,
            kinds.Sampled,
            kinds.TubeSealed,
            kinds.TubesHandedOver,
            kinds.TubesReceived,
            kinds.Resulted,
            kinds.EnvironmentSampled,
            kinds.SiteClosed,
            kinds.TubeCleared,
        ),
        sections=(section.SECTION,),
        campaigns=(campaigns.ROUND,),
        order=55,
    )
)
