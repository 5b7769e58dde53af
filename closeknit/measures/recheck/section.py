"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.recheck.counting import households
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "recheck",
        Text("Call back", "回访抽查"),
        (
            Figure(
                "doorknock.rechecked",
                Text("Doors called back", "回访户"),
                households(outcome__in=["agrees", "differs"]),
            ),
            Figure(
                "doorknock.recheck_agreed",
                Text("Agreeing with the visit", "与走访一致户"),
                households(outcome="agrees"),
            ),
        ),
        order=25,
    )
)
