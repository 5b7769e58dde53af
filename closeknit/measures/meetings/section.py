"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.meetings.kinds import Decided, Held, Visited
from closeknit.reports.counting import count
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "meetings",
        Text("Meetings and visits", "会议与督导"),
        (
            Figure("meetings.held", Text("Meetings", "召开会议"), count(Held)),
            Figure("meetings.decided", Text("Decisions", "决定事项"), count(Decided)),
            Figure("meetings.visited", Text("Visits of leaders", "领导督导"), count(Visited)),
        ),
        order=94,
    )
)
