"""Its part of the daily report: volunteers who signed up and were taken on."""

from closeknit.kit.text import Text
from closeknit.measures.volunteers.kinds import SignedUp, TakenOn
from closeknit.reports.counting import count, distinct
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "volunteers",
        Text("Volunteers", "志愿者"),
        (
            Figure("deployment.signed_up", Text("Signed up", "报名"), count(SignedUp)),
            Figure("deployment.taken_on", Text("Taken on", "录用"), distinct("topic", TakenOn)),
        ),
        order=75,
    )
)
