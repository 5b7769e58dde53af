"""The manifest of cases: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.cases import case, kinds, listing, section
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="cases",
        label=Text("Typical cases", "典型案例"),
        kinds=(kinds.Drafted, kinds.Returned, kinds.Published, kinds.Withdrawn),
        sections=(section.SECTION,),
        screens=(
            Screen("cases.list", "cases/<str:area>/", listing.listed, Text("Typical cases", "典型案例"), "inspections.view",
                   menu=Menu("check", 24, "report"), scoped_by="area"),
            Screen("cases.public", "published-cases/<str:area>/", listing.public, Text("Typical cases", "典型案例"), "", public=True),
            Screen("cases.draft", "case-draft/<str:act>/<path:code>/", case.draft, Text("Draft a case", "起草案例"),
                   "inspections.record", area_of=area_of_place),
            Screen("cases.case", "case/<uuid:case>/", case.case, Text("Typical case", "典型案例"), "inspections.view",
                   area_of=case.area_of_case),
            Screen("cases.say", "case-step/<str:what>/<uuid:case>/", case.say, Text("Look through", "审核"), "inspections.manage",
                   area_of=case.area_of_case),
            Screen("cases.text", "case-text/<uuid:case>/", case.text, Text("Case as text", "案例文本"), "inspections.view",
                   area_of=case.area_of_case),
        ),
        order=56,
    )
)  # fmt: skip
