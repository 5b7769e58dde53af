"""The manifest of draws: read this first. What can be said of a draw stands in campaigns/cadences."""

from closeknit.campaigns.cadences.kinds import Drawn
from closeknit.campaigns.cadences.standing import area_of_group
from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.draws import screens

MEASURE = register(
    Measure(
        name="draws",
        label=Text("Draws by lot", "随机抽检"),
        kinds=(Drawn,),
        screens=(
            Screen(
                "routine.draw_new", "key-population/<str:code>/draw/", screens.new, Text("Draw by lot", "随机抽检"), "routine.manage",
                area_of=area_of_group, feature="testing",
            ),
            Screen(
                "routine.draw", "draw/<uuid:event>/", screens.draw, Text("Draw", "抽检批次"), "routine.view",
                area_of=screens.area_of_draw, feature="testing",
            ),
        ),
        order=58,
    )
)  # fmt: skip
