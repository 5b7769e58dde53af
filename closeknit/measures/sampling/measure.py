"""The manifest of sampling: read this first. What can be said at a site stands in `testing`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.sampling import desk, sites, tallies, watch  # noqa: F401 tallies and watches declare themselves

VIEW = "testing.view"

MEASURE = register(
    Measure(
        name="sampling",
        label=Text("Sampling sites", "采样点"),
        screens=(
            Screen(
                "sampling.sites", "sites/<str:area>/", sites.sites_of, Text("Sampling sites", "采样点"), VIEW,
                menu=Menu("testing", 13, "map-pin"), scoped_by="area", feature="testing",
            ),
            Screen("sampling.site", "site/<path:code>/", sites.site, Text("Sampling site", "采样点"), VIEW, area_of=sites.area_of_site,
                   feature="testing"),
            Screen("sampling.desk", "desk/<path:code>/", desk.desk, Text("Sampler's desk", "采样登记台"), "testing.record",
                   area_of=sites.area_of_site, feature="testing"),
        ),
        order=56,
    )
)  # fmt: skip
