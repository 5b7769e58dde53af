"""Its part of the daily report: the sites that need people at the end of the window, and those where somebody is missing."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.staffing.presence import Site, sites
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _places(pick: Callable[[Site], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        every = question.once("sites", lambda: sites(question.area, question.policy, question.end, question.as_of, before=True))
        return CodeRows("place", sorted({site.place for site in every if site.needed and pick(site)}))

    return rows


SECTION = section(
    Section(
        "deployment",
        Text("Staffing", "岗位力量"),
        (
            Figure("deployment.sites", Text("Sites that need people", "有需求的点位"), _places(lambda site: True), state=True),
            Figure("deployment.short", Text("Sites short of people", "缺员点位"), _places(lambda site: site.short > 0), state=True),
            Figure("deployment.empty", Text("Sites with an empty post", "空岗点位"), _places(lambda site: site.empty), state=True),
        ),
        order=71,
    )
)
