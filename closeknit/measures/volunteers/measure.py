"""The manifest of volunteers: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.volunteers import kinds, screens, section

MEASURE = register(
    Measure(
        name="volunteers",
        label=Text("Volunteers", "志愿者"),
        kinds=(kinds.Called, kinds.CallClosed, kinds.SignedUp, kinds.TakenOn),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "volunteers.calls", "volunteers/<str:area>/", screens.calls, Text("Volunteers", "志愿者招募"), "deployment.view",
                menu=Menu("workforce", 75, "heart-handshake"), scoped_by="area",
            ),
            Screen(
                "volunteers.call", "volunteers/call/<str:code>/", screens.call, Text("Call", "招募"), "deployment.record",
                area_of=screens.area_of_call,
            ),
            Screen(
                "volunteers.take", "volunteers/take/<uuid:event>/", screens.take, Text("Take on", "录用"), "deployment.record",
                area_of=screens.area_of_sign_up,
            ),
            Screen(
                "volunteers.served", "volunteers/<str:area>/served/", screens.served, Text("Days served", "服务天数"), "deployment.view",
                scoped_by="area",
            ),
        ),
        order=76,
    )
)  # fmt: skip
