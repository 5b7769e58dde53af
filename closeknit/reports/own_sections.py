"""The sections that belong to no measure: the register, and the reports themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.models import Household, Person, RosterRow
from closeknit.reports.duty import Owed, owed
from closeknit.reports.figures import AreaRows, EventRows, Figure, Question, Row, Section, section


@dataclass(frozen=True)
class RegisterRows:
    """Rows of the register; the value is how many there are."""

    rows: QuerySet[Any]
    about: str

    def value(self) -> int:
        return self.rows.count()

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """In the order of their codes; roster rows in that of their files."""
        if self.about == "roster":
            rows = self.rows.defer("raw", "digest").order_by("file", "sheet", "row")[start:stop]
            return [Row(str(row.id), "roster", row.person, words=_where(row)) for row in rows]
        return [Row(code, self.about, code) for code in self.rows.order_by("code").values_list("code", flat=True)[start:stop]]


def _where(row: RosterRow) -> str:
    return " · ".join(filter(None, [row.file, row.sheet, str(row.row), row.status, row.reason]))


@dataclass(frozen=True)
class OwedRows:
    """Reports that are due; the value is how many there are."""

    owed: list[Owed]

    def value(self) -> int:
        return len(self.owed)

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        return [Row(f"{each.day}|{each.unit}", "report", each.unit, each.confirmation, words=each.state) for each in self.owed][start:stop]


def _roster(*states: str) -> Callable[[Question], RegisterRows]:
    def rows(question: Question) -> RegisterRows:
        every = RosterRow.objects.as_of(question.as_of)
        return RegisterRows(every.filter(status__in=states) if states else every, "roster")

    return rows


def _of_area(model: type[Household] | type[Person], about: str) -> Callable[[Question], RegisterRows]:
    def rows(question: Question) -> RegisterRows:
        below = Area.objects.below(question.area, question.as_of).values("code")
        return RegisterRows(model.objects.as_of(question.as_of).filter(area__in=below), about)

    return rows


def _found(what: str) -> Callable[[Question], EventRows]:
    return lambda question: EventRows(question.until(FoundSaid, data__what=what))


def _all_owed(question: Question) -> list[Owed]:
    return list(question.once("owed", lambda: owed(question.area, question.start, question.end, question.as_of)))


def _owed(state: str) -> Callable[[Question], OwedRows]:
    return lambda question: OwedRows([each for each in _all_owed(question) if each.state == state])


def _units(state: str) -> Callable[[Question], AreaRows]:
    def rows(question: Question) -> AreaRows:
        mine = [each for each in _all_owed(question) if each.state == state]
        return AreaRows(sorted({each.unit for each in mine}), {each.unit: each.confirmation for each in mine if each.confirmation})

    return rows


REGISTER = section(
    Section(
        "registry",
        Text("Register", "人口底数"),
        (
            Figure("registry.rows_read", Text("Roster rows read", "名册行数"), _roster(), state=True, everywhere=True),
            Figure("registry.rows_parked", Text("Rows parked", "搁置行数"), _roster("parked"), state=True, everywhere=True),
            Figure("registry.rows_merged", Text("Rows merged", "合并行数"), _roster("merged"), state=True, everywhere=True),
            Figure("registry.rows_doubtful", Text("Rows with a doubt", "存疑行数"), _roster("doubtful"), state=True, everywhere=True),
            Figure("registry.persons", Text("Persons", "人员"), _of_area(Person, "person"), state=True),
            Figure("registry.households", Text("Households", "户数"), _of_area(Household, "household"), state=True),
            Figure("registry.found_persons", Text("Persons found outside the rosters", "名册外发现人员"), _found("person"), state=True),
            Figure(
                "registry.found_households", Text("Households found outside the rosters", "名册外发现户"), _found("household"), state=True
            ),
        ),
        order=10,
    )
)

REPORTS = section(
    Section(
        "reports",
        Text("Reports of the day", "日报报送"),
        (
            Figure("reports.due", Text("Reports due", "应报"), lambda question: OwedRows(_all_owed(question))),
            Figure("reports.on_time", Text("On time", "按时"), _owed("on_time")),
            Figure("reports.late", Text("Late", "迟报单位"), _units("late")),
            Figure("reports.late_received", Text("Confirmed in time, received later", "按时确认、晚到单位"), _units("late_received")),
            Figure("reports.missing", Text("Missing", "未报单位"), _units("missing"), open_label=Text("Not yet", "待报单位")),
        ),
        order=95,
    )
)
