"""Its part of the daily report."""

from collections.abc import Callable
from dataclasses import dataclass

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.clinics.kinds import ClinicChecked, DayReported
from closeknit.measures.clinics.rules import owed_days
from closeknit.measures.clinics.standing import Day, Institution, Pair, institutions, not_passed_up, reported
from closeknit.reports.counting import distinct
from closeknit.reports.figures import CodeRows, Figure, Question, Row, Section, SumRows, section


@dataclass(frozen=True)
class LeftRows:
    """Days of places on which visits were not passed up; the value is how many visits."""

    days: dict[Pair, Day]

    def value(self) -> int:
        return sum(day.left for day in self.days.values())

    def size(self) -> int:
        return len(self.days)

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        rows = [Row(" ".join(pair), "place", pair[0], day.report, day.left) for pair, day in sorted(self.days.items())]
        return rows[start:stop]


def _all(question: Question) -> list[Institution]:
    made = question.once("institutions", lambda: institutions(question.area, question.policy, question.end, question.as_of))
    return list(made)


def _where(pick: Callable[[Institution], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = {each.place.code: each for each in _all(question) if pick(each)}
        return CodeRows("place", sorted(picked), {code: each.check for code, each in picked.items() if each.check})

    return rows


def _pairs(question: Question) -> dict[Pair, Day | None]:
    """The days that institutions owe in the window, each with its report."""

    def reckon() -> dict[Pair, Day | None]:
        pack, codes = question.policy, [each.place.code for each in _all(question)]
        hour = str(pack.get("clinics.report_by"))
        days = [day.isoformat() for day in owed_days(question.start, question.end, hour, pack.timezone)]
        known = reported(codes, days, question.end, question.as_of)
        return {(code, day): known.get((code, day)) for code in codes for day in days}

    return dict(question.once("clinic days", reckon))


def _owed(pick: Callable[[Day | None], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = {pair: day for pair, day in sorted(_pairs(question).items()) if pick(day)}
        return CodeRows("place", [code for code, _ in picked], {code: day.report for (code, _), day in picked.items() if day})

    return rows


def _visits(question: Question) -> SumRows:
    """The latest report of each place and day that was made in the window."""
    events = question.events(DayReported).defer("personal", "digest")
    last = {(event.place, event.topic): event for event in sorted(events, key=lambda event: event.order)}
    return SumRows(Event.objects.filter(id__in=[event.id for event in last.values()]), "fever_visits")


def _left(question: Question) -> LeftRows:
    return LeftRows(not_passed_up(question.area, question.end, question.as_of))


SECTION = section(
    Section(
        "clinics",
        Text("Medical institutions", "医疗机构"),
        (
            Figure("clinics.institutions", Text("Institutions", "医疗机构"), _where(lambda each: True), state=True),
            Figure("clinics.checked", Text("Checked", "已查机构"), distinct("place", ClinicChecked)),
            Figure("clinics.unchecked", Text("Check overdue", "逾期未查机构"), _where(lambda each: each.late), state=True),
            Figure("clinics.faulty", Text("Not in order", "存在问题机构"), _where(lambda each: bool(each.faults)), state=True),
            Figure("clinics.reports_due", Text("Reports due", "应报日报"), _owed(lambda day: True), state=True),
            Figure("clinics.reports_made", Text("Reports made", "已报日报"), _owed(lambda day: day is not None), state=True),
            Figure("clinics.reports_missing", Text("Reports missing", "未报日报"), _owed(lambda day: day is None), state=True),
            Figure("clinics.fever_visits", Text("Fever visits", "发热就诊人次"), _visits),
            Figure("clinics.not_passed_up", Text("Fever visits not reported up", "发热就诊未上报"), _left, state=True),
        ),
        order=59,
    )
)
