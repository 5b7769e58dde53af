"""The manifest of routine testing: read this first. Groups are made in `membership`, drawn from in `draws`; places: `surfaces`."""

from closeknit.campaigns.cadences import kinds
from closeknit.campaigns.cadences.standing import area_of_group
from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.routine import groups, persons, projections, section, watch  # noqa: F401 projections and watches declare themselves

VIEW, FEATURE = "routine.view", "testing"

MEASURE = register(
    Measure(
        name="routine",
        label=Text("Routine testing", "重点人群检测"),
        kinds=(kinds.GroupSet, kinds.MemberAdded, kinds.MemberLeft),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "routine.groups", "routine/<str:area>/", groups.groups, Text("Key populations", "重点人群"), VIEW,
                menu=Menu("testing", 13, "users"), scoped_by="area", feature=FEATURE,
            ),
            Screen(
                "routine.persons", "routine/<str:area>/persons/", persons.persons, Text("Routine tests due", "重点人群应检"), VIEW,
                menu=Menu("today", 24, "list-check"), scoped_by="area", feature=FEATURE,
            ),
            Screen(
                "routine.group", "key-population/<str:code>/", groups.group, Text("Key population", "重点人群组"), VIEW,
                area_of=area_of_group, feature=FEATURE,
            ),
        ),
        order=56,
    )
)  # fmt: skip
