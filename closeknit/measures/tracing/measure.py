"""The manifest of tracing: read this first. Whose case it is, why somebody asks, who was there."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.tracing import kinds, screens, section

CASE, RECORD = "investigation/<str:case>/", "investigations.record"

MEASURE = register(
    Measure(
        name="tracing",
        label=Text("Tracing", "流调追踪"),
        kinds=(kinds.PersonNamed, kinds.Asked),
        sections=(section.SECTION,),
        screens=(
            # Which case is whose to trace is asked by each screen: of its area, open, and led by the account.
            Screen("tracing.person", f"{CASE}person/", screens.person, Text("Whose case it is", "确定病例人员"), RECORD),
            Screen("tracing.ask", f"{CASE}trace/", screens.ask, Text("Who was there at the same time", "查询同时空人员"), RECORD),
            Screen("tracing.present", f"{CASE}trace/<uuid:asked>/", screens.present, Text("Who was there", "同时空人员"), RECORD),
        ),
        order=59,
    )
)  # fmt: skip
