"""The manifest of schools: read this first. Who belongs to a class is said with the groups of routine testing."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.schools import campaigns, kinds, listing, school, section

VIEW, FEATURE = "schools.view", "testing"

MEASURE = register(
    Measure(
        name="schools",
        label=listing.SCHOOLS,
        kinds=(kinds.ClassSet,),
        sections=(section.SECTION,),
        campaigns=(campaigns.ROUND,),
        screens=(
            Screen("schools.schools", "schools/<str:area>/", listing.schools, listing.SCHOOLS, VIEW,
                   menu=Menu("testing", 13, "building-community"), scoped_by="area", feature=FEATURE),
            Screen("schools.people", "school-people/<path:code>/", school.people, Text("People of a school", "学校人员名单"), VIEW,
                   area_of=school.area_of_school, feature=FEATURE),
            Screen("schools.school", "school/<path:code>/", school.school, Text("School", "学校"), VIEW,
                   area_of=school.area_of_school, feature=FEATURE),
        ),
        order=60,
    )
)  # fmt: skip
