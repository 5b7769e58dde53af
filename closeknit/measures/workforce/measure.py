"""The manifest of workforce: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.workforce import days, kinds, members, screens, section

MEASURE = register(
    Measure(
        name="workforce",
        label=Text("People on duty", "在岗力量"),
        kinds=(kinds.SignedIn, kinds.SignedOut, kinds.HoursSettled, kinds.SkillConfirmed),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "workforce.now", "duty/<str:area>/", screens.now, Text("People on duty", "在岗力量"), "workforce.view",
                menu=Menu("workforce", 70, "users"), scoped_by="area",
            ),
            Screen(
                "workforce.days", "duty/<str:area>/days/", days.days, Text("People on duty by day", "在岗力量按日统计"),
                "workforce.view", scoped_by="area",
            ),
            Screen(
                "workforce.members", "duty/<str:area>/members/", members.members, Text("Members and telephones", "人员与联系电话"),
                "workforce.manage", scoped_by="area",
            ),
            Screen(
                "workforce.member", "duty/of/<str:code>/telephone/", members.member, Text("Telephone", "联系电话"),
                "workforce.manage", area_of=members.area_of,
            ),
        ),
        order=70,
    )
)  # fmt: skip
