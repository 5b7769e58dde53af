"""The manifest of headquarters: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.headquarters import listing, posts, said, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="headquarters",
        label=listing.HEADING,
        kinds=(said.Formed, said.Ended, said.Appointed, said.Relieved),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "headquarters.list", "headquarters/<str:area>/", listing.listed, listing.HEADING, "headquarters.view",
                menu=Menu("command", 10, "building-community"), scoped_by="area",
            ),
            Screen(
                "headquarters.form", "headquarters/<str:area>/form/", listing.form, listing.FORM, "headquarters.record", scoped_by="area",
            ),
            Screen(
                "headquarters.posts", "headquarters/<str:area>/posts/", posts.posts, Text("Posts in the villages", "岗位责任人"),
                "headquarters.view", scoped_by="area",
            ),
        ),
        order=15,
    )
)  # fmt: skip
