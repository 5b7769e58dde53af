"""The manifest of lists: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.lists import kinds, projections  # noqa: F401 projections declare themselves

MEASURE = register(
    Measure(
        name="lists",
        label=Text("Pushed lists", "推送名单"),
        kinds=(
            kinds.Pushed, kinds.Matched, kinds.Assigned, kinds.Verified, kinds.Returned, kinds.ColourRead, kinds.Reminded,
        ),
        order=22,
    )
)  # fmt: skip
