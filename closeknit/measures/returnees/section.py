"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.returnees.kinds import Declared, VerifiedSaid
from closeknit.reports.counting import count
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "returnees",
        Text("Returnees", "返乡人员"),
        (
            Figure("returnees.declared", Text("Returns declared", "返乡报备人次"), count(Declared)),
            Figure("returnees.verified", Text("Returns verified", "返乡核查人次"), count(VerifiedSaid)),
        ),
        order=30,
    )
)
