"""The manifest of care: read this first. Requests for help and referrals have their screens in `helping`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.care import kinds, listing, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="care",
        label=Text("Care", "关爱帮扶"),
        kinds=(
            kinds.Tagged, kinds.CareVisited, kinds.HelpRequested, kinds.HelpTaken, kinds.HelpClosed, kinds.HelpAskedAgain,
            kinds.Referred, kinds.ReferralAnswered,
        ),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "care.people", "care/<str:area>/", listing.care, Text("People who need help", "需关爱人员"), "care.view",
                menu=Menu("people", 78, "heart-handshake"), scoped_by="area",
            ),
        ),
        order=78,
    )
)  # fmt: skip
