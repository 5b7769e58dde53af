"""Its part of the daily report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from closeknit.kit.text import Text
from closeknit.measures.testing.chain import Tube, samples_of, tubes
from closeknit.measures.testing.kinds import EnvironmentSampled, Sampled, SiteClosed, SiteOpened, TubeCleared
from closeknit.registry.known import names_as_of
from closeknit.reports.counting import count, distinct, total
from closeknit.reports.covering import targets_where
from closeknit.reports.figures import CodeRows, Figure, Question, Row, Section, section

ROUND = "testing.round"


@dataclass(frozen=True)
class TubeRows:
    """Tubes, each with the latest sample that went into it; the value is how many there are."""

    question: Question
    codes: Sequence[str]

    def value(self) -> int:
        return len(self.codes)

    def size(self) -> int:
        return len(self.codes)

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """In the order of their codes."""
        codes = sorted(self.codes)[start:stop]
        samples = samples_of(self.question, codes)
        return [Row(code, "tube", code, samples[code][-1] if code in samples else None) for code in codes]  # withdrawn since


def _tubes(pick: Callable[[Tube], bool]) -> Callable[[Question], TubeRows]:
    return lambda question: TubeRows(question, [code for code, tube in tubes(question).items() if pick(tube)])


def _positive_persons(question: Question) -> CodeRows:
    singles = [code for code, tube in tubes(question).items() if tube.is_positive and tube.pool == 1]
    names = names_as_of("person", question.as_of)
    persons = {names.get(each.person, each.person) for samples in samples_of(question, singles).values() for each in samples}
    return CodeRows("person", sorted(persons))


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
            Figure("testing.resulted", Text("With a result", "已出结果"), _tubes(lambda tube: bool(tube.result))),
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
