"""The manifest of evidence: read this first. Its screens stand with those of the daily report."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.evidence import rows, why

DAY = "reports/<str:area>/<str:day>/"
LABEL = Text("Evidence", "数据依据")
CHANGED = Text("Changed since sealing", "封存后变化")

MEASURE = register(
    Measure(
        name="evidence",
        label=LABEL,
        screens=(
            Screen("daily.changed", f"{DAY}changed/", why.changes, CHANGED, "reports.view", scoped_by="area", extra="analysis"),
            Screen(
                "daily.why",
                f"{DAY}why/<path:name>/",
                why.why,
                Text("Why it differs", "数据为何不同"),
                "reports.view",
                scoped_by="area",
                extra="analysis",
            ),
            Screen("daily.evidence", "figures/<path:name>/", rows.rows, LABEL, "reports.view", extra="analysis"),
        ),
        order=96,
    )
)
