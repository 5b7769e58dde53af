"""Its part of the daily report."""

from closeknit.campaigns.coverage import Coverage
from closeknit.kit.text import Text
from closeknit.measures.doorknock.kinds import Booster
from closeknit.measures.vaccination.kinds import Given
from closeknit.reports.counting import count
from closeknit.reports.covering import targets_where
from closeknit.reports.figures import Figure, Section, section


def _agreed(coverage: Coverage) -> set[str]:
    return coverage.keeping("booster", Booster.AGREED.value)


SECTION = section(
    Section(
        "vaccination",
        Text("Vaccination", "疫苗接种"),
        (
            Figure("vaccination.doses", Text("Doses given", "接种剂次"), count(Given)),
            Figure(
                "vaccination.booster_agreed",
                Text("Households that agreed to a booster", "同意接种加强针户"),
                targets_where("doorknock", _agreed),
                feature="booster",
                state=True,
            ),
        ),
        order=60,
    )
)
