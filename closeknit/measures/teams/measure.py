"""The manifest of teams: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.teams import groups, kinds, pairings, section, teams

MEASURE = register(
    Measure(
        name="teams",
        label=Text("Teams", "队伍"),
        kinds=(kinds.TeamFormed, kinds.TeamEnded, kinds.Paired),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "teams.teams", "teams/<str:area>/", teams.teams, Text("Teams", "队伍"), "deployment.view",
                menu=Menu("workforce", 74, "building-community"), scoped_by="area",
            ),
            Screen(
                "teams.groups", "teams/<str:area>/groups/", groups.groups, Text("Split a unit into groups", "单位分组"),
                "deployment.record", scoped_by="area",
            ),
            Screen(
                "teams.pairings", "teams/<str:area>/pairings/", pairings.pairings, Text("Pairings", "挂钩报到"),
                "deployment.view", scoped_by="area",
            ),
        ),
        order=74,
    )
)  # fmt: skip
