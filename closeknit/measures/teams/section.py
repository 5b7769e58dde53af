"""Its part of the daily report: the teams that were formed."""

from closeknit.kit.text import Text
from closeknit.measures.teams.kinds import TeamFormed
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "teams",
        Text("Teams", "队伍"),
        (Figure("deployment.teams", Text("Teams formed", "组建队伍"), distinct("topic", TeamFormed)),),
        order=74,
    )
)
