"""The manifest of investigations: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.investigations import kinds, section

MEASURE = register(
    Measure(
        name="investigations",
        label=Text("Investigations", "流行病学调查"),
        kinds=(
            kinds.InvestigationOpened,
            kinds.InvestigationStaffNamed,
            kinds.InvestigationTaskGiven,
            kinds.InvestigationTaskDone,
            kinds.InvestigationClosed,
        ),
        sections=(section.SECTION,),
        order=58,
    )
)
