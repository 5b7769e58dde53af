"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.measures.testing.chain import Tube, tubes
from closeknit.measures.testing.kinds import EnvironmentSampled, Sampled, SiteClosed, SiteOpened, TubeCleared
from closeknit.reports.counting import count, distinct, total
from closeknit.reports.covering import targets_where
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section

ROUND = "testing.round"


def _tubes(pick: Callable[[Tube], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = {code: tube.samples[-1] for code, tube in tubes(question).items() if pick(tube)}
        return CodeRows("tube", sorted(picked), picked)

    return rows


def _positive_persons(question: Question) -> CodeRows:
    singles = [tube for tube in tubes(question).values() if tube.is_positive and tube.pool == 1]
    return CodeRows("person", sorted({person for tube in singles for person in tube.persons}))


SECTION = section(
    Section(
        "testing",
        Text("Testing", "核酸检测"),
        (
            Figure("testing.due", Text("Persons due", "应检人数"), targets_where(ROUND, lambda each: each.due), state=True),
            Figure("testing.excused", Text("Excused", "豁免人数"), targets_where(ROUND, lambda each: each.excused), state=True),
            Figure("testing.sampled", Text("Sampled", "已采人数"), targets_where(ROUND, lambda each: each.reached), state=True),
            Figure("testing.gap", Text("Left", "应检未检"), targets_where(ROUND, lambda each: each.gap), state=True),
            Figure("testing.person_times", Text("Samples", "采样人次"), count(Sampled)),
            Figure("testing.tubes", Text("Tubes", "采样管"), _tubes(lambda tube: True)),
            Figure("testing.resulted", Text("With a result", "已出结果"), _tubes(lambda tube: tube.result is not None)),
            Figure("testing.positive_tubes", Text("Positive pools", "混采阳性管"), _tubes(lambda tube: tube.is_positive and tube.pool > 1)),
            Figure("testing.positive_persons", Text("Positive persons", "单采阳性人员"), _positive_persons),
            Figure("testing.cleared", Text("Matters of tubes cleared", "已核销采样管问题"), count(TubeCleared)),
            Figure("testing.unreconciled", Text("Tubes that do not reconcile", "账实不符采样管"), _tubes(lambda tube: not tube.reconciles)),
            Figure("testing.environment", Text("Environment samples", "环境样本"), count(EnvironmentSampled)),
            Figure("testing.sites_opened", Text("Sites opened", "开放采样点"), distinct("place", SiteOpened)),
            Figure("testing.sites_closed", Text("Sites closed", "收点采样点"), distinct("place", SiteClosed)),
            Figure("testing.sites_disinfected", Text("Sites disinfected", "已消杀采样点"), distinct("place", SiteClosed, disinfected=True)),
            Figure("testing.waste_bags", Text("Bags of waste handed over", "移交医废袋数"), total(SiteClosed, "waste_bags")),
        ),
        order=55,
        feature="testing",
    )
)
