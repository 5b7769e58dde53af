"""The manifest of referrals: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.referrals import kinds, listing, section, telling, watch  # noqa: F401 watches declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="referrals",
        label=Text("Hand-overs", "移送主管部门"),
        kinds=(kinds.DepartmentTold, kinds.DepartmentActed, kinds.TransportSuspected),
        sections=(section.SECTION,),
        screens=(
            Screen("referrals.list", "referrals/<str:area>/", listing.listed, Text("Hand-overs to departments", "移送主管部门"),
                   "inspections.view", menu=Menu("check", 22, "file-export"), scoped_by="area"),
            Screen("referrals.tell", "act-tell/<str:act>/<path:code>/", telling.tell, Text("Tell a department", "移送主管部门"),
                   "inspections.record", area_of=area_of_place),
            Screen("referrals.answer", "referral/<uuid:event>/", telling.answer, Text("Hand-over", "移送"), "inspections.record",
                   area_of=telling.area_of_referral),
        ),
        order=54,
    )
)  # fmt: skip
