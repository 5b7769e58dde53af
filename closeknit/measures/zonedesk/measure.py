"""The manifest of the zones' desk: read this first. What can be said stands in `zones`, drawing and announcing in `zoning`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.zonedesk import listing, page, saying, watch  # noqa: F401 watches declare themselves

FEATURE = "zones"

MEASURE = register(
    Measure(
        name="zonedesk",
        label=Text("Zones", "管控区"),
        screens=(
            Screen("zones.list", "zones/<str:area>/", listing.zones, Text("Zones", "管控区"), "zones.view",
                   menu=Menu("places", 28, "map-pin"), scoped_by="area", feature=FEATURE),
            # Who may see which zone depends on what it covers: asked by zone_of.
            Screen("zones.zone", "zone/<str:zone>/", page.page, Text("Zone", "管控区"), "zones.view", feature=FEATURE),
            Screen("zones.people", "zone/<str:zone>/people/", listing.people, Text("Who lives in it", "住户名单"), "registry.view",
                   feature=FEATURE),
            Screen("zones.say", "zone/<str:zone>/say/<str:what>/", saying.say, Text("Record", "登记"), "zones.record", feature=FEATURE),
        ),
        order=56,
    )
)  # fmt: skip
