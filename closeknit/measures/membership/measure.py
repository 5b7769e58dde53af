"""The manifest of membership: read this first. What can be said of groups stands in campaigns/cadences, who is due in `routine`."""

from closeknit.campaigns.cadences.standing import area_of_group
from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.membership import setting

MEASURE = register(
    Measure(
        name="membership",
        label=Text("Groups of key populations", "重点人群组"),
        screens=(
            Screen(
                "routine.new", "routine/<str:area>/new/", setting.new, Text("New group", "新建人群组"), "routine.manage",
                scoped_by="area", feature="testing",
            ),
            Screen(
                "routine.change", "key-population/<str:code>/change/", setting.change, Text("Change a group", "修改人群组"),
                "routine.manage", area_of=area_of_group, feature="testing",
            ),
            Screen(
                "routine.add", "key-population/<str:code>/add/", setting.add, Text("Add people", "加入人员"), "routine.record",
                area_of=area_of_group, feature="testing",
            ),
        ),
        order=57,
    )
)  # fmt: skip
