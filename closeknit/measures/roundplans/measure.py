"""The manifest of planning rounds by a scheme: read this first. A round is a campaign; what is said of it stands in `testing`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.measures.roundplans import screens

MANAGE = "campaigns.manage"

MEASURE = register(
    Measure(
        name="roundplans",
        label=screens.TITLE,
        screens=(
            Screen(
                "roundplans.choose", "round-plans/<str:area>/", screens.choose, screens.TITLE, MANAGE,
                menu=Menu("testing", 14, "calendar"), scoped_by="area", feature="testing",
            ),
            Screen(
                "roundplans.rounds", "round-plans/<str:area>/<str:scheme>/<str:day>/", screens.rounds, screens.LOOK, MANAGE,
                scoped_by="area", feature="testing",
            ),
        ),
        order=12,
    )
)  # fmt: skip
