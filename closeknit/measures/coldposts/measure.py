"""The manifest of cold-chain posts: read this first. What is said there stands in `coldchain`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.coldposts import plan, roster, section, watch  # noqa: F401 watches declare themselves

FEATURE = "coldchain"

MEASURE = register(
    Measure(
        name="coldposts",
        label=Text("Cold-chain posts", "冷链查验点"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "coldposts.roster", "cold-posts/<str:area>/", roster.roster, Text("Cold-chain posts", "冷链查验点"), "coldchain.view",
                menu=Menu("places", 60, "calendar"), scoped_by="area", feature=FEATURE,
            ),
            Screen(
                "coldposts.plan", "cold-posts/<str:area>/officers/", plan.plan, Text("Set the officers", "排定值班"), "coldchain.manage",
                scoped_by="area", feature=FEATURE,
            ),
        ),
        order=58,
    )
)  # fmt: skip
