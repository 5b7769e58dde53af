"""The manifest of clinics: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.clinics import clinic, kinds, listing, section, watch  # noqa: F401 watches declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="clinics",
        label=Text("Medical institutions", "医疗机构"),
        kinds=(kinds.ClinicChecked, kinds.DayReported, kinds.PassedUp),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "clinics.list", "clinics/<str:area>/", listing.listed, Text("Medical institutions", "医疗机构"), "clinics.view",
                menu=Menu("places", 61, "shield-check"), scoped_by="area",
            ),
            Screen(
                "clinics.clinic", "clinic/<path:code>/", clinic.clinic, Text("Medical institution", "医疗机构"), "clinics.view",
                area_of=area_of_place,
            ),
        ),
        order=59,
    )
)  # fmt: skip
