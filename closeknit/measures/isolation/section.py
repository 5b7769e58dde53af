"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.isolation.kinds import Released, Stage, Transferred
from closeknit.reports.counting import distinct
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "isolation",
        Text("Isolation", "隔离管理"),
        (
            Figure("isolation.transferred", Text("Transferred", "已转运人员"), distinct("person", Transferred, stage=Stage.ARRIVED.value)),
            Figure("isolation.released", Text("Released", "已解除人员"), distinct("person", Released)),
        ),
        order=57,
        feature="isolation",
    )
)
