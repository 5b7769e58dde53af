"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.doorknock.kinds import Rechecked
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "recheck",
        Text("Call back", "回访抽查"),
        (
            Figure(
                "doorknock.rechecked",
                Text("Doors called back", "回访户"),
                distinct("household", Rechecked, outcome__in=["agrees", "differs"]),
            ),
            Figure(
                "doorknock.recheck_agreed",
                Text("Agreeing with the visit", "与走访一致户"),
                distinct("household", Rechecked, outcome="agrees"),
            ),
        ),
        order=25,
    )
)
