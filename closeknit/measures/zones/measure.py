"""The manifest of zones: what can be said, and the figures. Screens: `zonedesk` and `zoning`. Read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.zones import kinds, section

MEASURE = register(
    Measure(
        name="zones",
        label=Text("Zones", "管控区"),
        kinds=(
            kinds.ZoneOrdered, kinds.ZoneLifted, kinds.ZoneConditionNoted, kinds.ZoneAnnounced, kinds.ZoneObjected,
            kinds.ZoneObjectionDecided,
        ),
        sections=(section.SECTION,),
        order=56,
    )
)  # fmt: skip
