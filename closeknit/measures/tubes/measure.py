"""The manifest of tubes: read this first. What can be said of a tube stands in `testing`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.tubes import handing, listing, projections, queries, tube  # noqa: F401 these declare themselves

VIEW = "laboratory.view"

MEASURE = register(
    Measure(
        name="tubes",
        label=Text("Tubes", "采样管"),
        searches=(listing.find,),
        screens=(
            Screen(
                "tubes.list", "tubes/<str:area>/", listing.tubes, Text("Tubes", "采样管"), VIEW,
                menu=Menu("testing", 14, "test-pipe"), scoped_by="area", feature="testing",
            ),
            Screen(
                "tubes.tube", "tube/<path:code>/", tube.tube, Text("Tube", "采样管"), VIEW, area_of=queries.area_of_tube, feature="testing",
            ),
        ),
        order=56,
    )
)  # fmt: skip
