"""The manifest of requests for help and referrals: read this first. Their kinds stand in `care`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.helping import following, listing, request, section, watch  # noqa: F401 reactions and watches declare themselves

MEASURE = register(
    Measure(
        name="helping",
        label=Text("Requests for help", "求助事项"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "care.help", "care/<str:area>/help/", listing.help_wanted, Text("Requests for help", "求助事项"), "care.view",
                menu=Menu("people", 79, "message-2"), scoped_by="area",
            ),
            Screen("care.referrals", "care/<str:area>/referrals/", listing.referred, Text("Referrals", "转介"), "care.view",
                   scoped_by="area"),
            Screen("care.request", "help/<str:code>/", request.request_page, Text("Request for help", "求助"), "care.view",
                   area_of=request.area_of_request),
            Screen("care.take", "help/<str:code>/take/", request.take, Text("I see to it", "由我办理"), "care.record",
                   area_of=request.area_of_request),
        ),
        order=79,
    )
)  # fmt: skip
