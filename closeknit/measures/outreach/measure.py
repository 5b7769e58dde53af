"""The manifest of outreach: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.outreach import kinds, screens, section, spots

MEASURE = register(
    Measure(
        name="outreach",
        label=Text("Telling the public", "宣传发动"),
        kinds=(kinds.Posted, kinds.Broadcast, kinds.Messaged),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "outreach.sums", "outreach/<str:area>/", screens.sums, Text("Telling the public", "宣传发动"), "outreach.view",
                menu=Menu("outreach", 50, "speakerphone"), scoped_by="area",
            ),
            Screen(
                "outreach.records", "outreach/<str:area>/records/", screens.records, Text("Records of outreach", "宣传登记明细"),
                "outreach.view", scoped_by="area",
            ),
            Screen("outreach.spots", "outreach/<str:area>/spots/", spots.spots, spots.PLACED, "outreach.view", scoped_by="area"),
        ),
        order=80,
    )
)  # fmt: skip
