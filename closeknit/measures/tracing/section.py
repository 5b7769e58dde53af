"""Its part of the daily report: how often somebody asked who was where, by number alone."""

from closeknit.kit.text import Text
from closeknit.measures.tracing.kinds import Asked, PersonNamed
from closeknit.reports.counting import count
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "tracing",
        Text("Tracing", "流调追踪"),
        (
            Figure("tracing.named", Text("Cases with a person named", "确定病例人员"), count(PersonNamed)),
            Figure("tracing.asked", Text("Asked who was where", "查询同时空人员"), count(Asked)),
        ),
        order=59,
    )
)
