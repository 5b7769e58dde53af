"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.cases.kinds import Published
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "cases",
        Text("Typical cases", "典型案例"),
        (Figure("inspections.cases_published", Text("Cases published", "发布案例"), distinct("topic", Published)),),
        order=56,
    )
)
