"""The manifest of meetings: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.meetings import kinds, listing, page, section

ONE = "meetings/one/<str:number>/"

MEASURE = register(
    Measure(
        name="meetings",
        label=listing.HEADING,
        kinds=(kinds.Held, kinds.Decided, kinds.Visited),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "meetings.list", "meetings/<str:area>/", listing.meetings, listing.HEADING, "headquarters.view",
                menu=Menu("command", 30, "message-2"), scoped_by="area",
            ),
            Screen("meetings.hold", "meetings/<str:area>/hold/", page.hold, listing.HOLD, "headquarters.record", scoped_by="area"),
            Screen("meetings.visit", "meetings/<str:area>/visit/", page.visit, listing.VISIT, "headquarters.record", scoped_by="area"),
            Screen("meetings.one", ONE, page.one, Text("A meeting", "会议详情"), "headquarters.view", area_of=page.area_of),
            Screen("meetings.decide", f"{ONE}decide/", page.decide, page.DECIDE, "headquarters.record", area_of=page.area_of),
        ),
        order=19,
    )
)  # fmt: skip
