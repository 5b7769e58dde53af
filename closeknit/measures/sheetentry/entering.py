"""From what was typed of a sheet to records: each as the phone of who did the work would have sent it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid5

from django.http import QueryDict

from closeknit.access.models import Account
from closeknit.access.scope import can, visible
from closeknit.console.answers import Unreadable
from closeknit.console.records import names, questions, saving
from closeknit.console.records.cells import Cell, cells, day_of, moment, read
from closeknit.console.records.saving import Entry
from closeknit.console.records.screens import permission
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import Kind
from closeknit.ledger.models import Event
from closeknit.ledger.record import Answer, lock, writing
from closeknit.measures.sheetentry.lines import LABELS, OWN, TIME, Line
from closeknit.measures.sheetentry.naming import Named, named
from closeknit.paper.models import Row, Sheet
from closeknit.paper.printing import known_answers
from closeknit.paper.standing import Progress, progress, records_of
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member, Place

SAME_TIME = "."
FAST_CLOCKS = timedelta(minutes=5)  # a clock on a wall may be that far ahead
NO_TIME = Text(
    "Type the time that stands on the paper, such as 905; a dot for the time of the row above.",
    "请按纸面填写时间，如 905；与上一行相同可填一个点。",
)
LATER = Text("{time} is still to come. Look at the date above the rows and at the time.", "{time} 尚未到，请核对上方日期和时间。")
NO_DAY = Text("Type the date that stands on the sheet, such as 2022-03-18.", "请填写纸面日期，如 2022-03-18。")
NO_WORKER = Text(
    "Type the code or the name of who did the work, as a member of your area has it.", "请填写办理人（辖区工作人员）编号或姓名。"
)


@dataclass(frozen=True)
class Made:
    """What one line says: its record, and whoever had to be told of first."""

    line: Line
    by: str
    whom: Named
    at: datetime
    entries: list[Entry]


class Entering:
    """One sheet before one account, as it stands or with what was typed."""

    def __init__(self, account: Account, sheet: Sheet, kind: Kind, posted: QueryDict | None = None) -> None:
        self.account, self.sheet, self.kind, self.posted = account, sheet, kind, posted
        self.errors: dict[str, Text] = {}
        self.policy: Policy = policy(sheet.area)

    @cached_property
    def columns(self) -> list[Cell]:
        """The fields that are typed."""
        return cells(self.kind, self.policy, without=known_answers(self.sheet, self.kind))

    @cached_property
    def lines(self) -> list[Line]:
        """The rows, each with its record where it has one, else with what was typed."""
        rows = list(self.sheet.rows.order_by("number"))
        standing = records_of(rows)
        full = names.in_full(self.account, permission(self.kind, "record"))
        people = names.of(self.sheet.about, {row.code for row in rows}, full=full)
        may = can(self.account, permission(self.kind, "manage"))
        made = []
        for row in rows:
            record = standing.get(row.pk)
            own = record is not None and self._is_own(record)
            made.append(
                Line(
                    row, self.sheet.about, people.get(row.code), record, {} if record else self._typed(row.number),
                    may_change=own or (may and not self.kind.whereabouts),
                )
            )  # fmt: skip
        return made

    def _is_own(self, record: Event) -> bool:
        return record.device == saving.device(self.account) or record.member == saving.author(self.account)

    def _typed(self, number: int) -> dict[str, str]:
        if self.posted is None:
            return {}
        wanted = (*OWN, *(cell.name for cell in self.columns))
        return {name: self.posted.get(f"r{number}.{name}", "").strip()[:4000] for name in wanted}

    @cached_property
    def for_all(self) -> Line:
        """The line above the others: what holds for all of them."""
        return Line(Row(number=0), "", typed=self._typed(0))

    @cached_property
    def day_typed(self) -> str:
        return self.posted.get("day", "").strip()[:20] if self.posted is not None else self.sheet.day.isoformat()

    @cached_property
    def worker_typed(self) -> str:
        if self.posted is not None:
            return self.posted.get("worker", "").strip()[:80]
        name = names.members([self.sheet.member]).get(self.sheet.member, "") if self.sheet.member else ""
        return f"{self.sheet.member} {name}".strip()

    @property
    def progress(self) -> Progress:
        """How far the sheet is entered."""
        lines = self.lines
        return progress([line.row for line in lines], {line.row.pk: line.record for line in lines if line.record})

    def save(self, *, finish: bool = False) -> int:
        """Records the lines that are whole and returns how many; the others keep what was typed and say what is wrong."""
        with writing():
            lock()  # whoever types the same sheet at the same time waits, and then sees what stands
            day, worker = self._day(), self._worker()
            made = self._made(day, worker) if day and worker is not None else []
            for by in dict.fromkeys(each.by for each in made):
                self._record(by, [each for each in made if each.by == by])
            recorded = [each for each in made if not each.line.errors]
            self._keep(recorded, finish=finish and not self.wrong)
        return len(recorded)

    @property
    def wrong(self) -> list[Line]:
        """The lines that could not be taken."""
        return [line for line in self.lines if line.errors]

    def _day(self) -> date | None:
        found = day_of(self.day_typed, self.sheet.day)
        if found is None:
            self.errors["day"] = NO_DAY
        return found

    def _worker(self) -> str | None:
        """The member who did the work; empty where each row has its own."""
        if self.sheet.about == "member":
            return ""
        typed = self.worker_typed
        code = typed.split()[0] if typed else ""
        if code and code == self.sheet.member:
            return code
        here = visible(Member.objects.current(), self.account)
        found = list(here.filter(code=code)[:1]) or list(here.filter(name=typed)[:2])
        if len(found) == 1:
            return str(found[0].code)
        self.errors["worker"] = NO_WORKER
        return None

    def _made(self, day: date, worker: str) -> list[Made]:
        above: datetime | None = None
        made = []
        for line in self.lines:
            if line.is_filled:
                at = self._at(line, day, above)
                one = self._one(line, day, at, worker)
                above = at or above
                made += [one] if one else []
            elif line.record:
                above = line.record.at
        return made

    def _at(self, line: Line, day: date, above: datetime | None) -> datetime | None:
        typed = line.typed[TIME]
        if not typed or (typed == SAME_TIME and above is None):
            line.errors[TIME] = NO_TIME
            return None
        try:
            at = above if typed == SAME_TIME and above else moment(typed, day, self.policy.timezone, label=LABELS[TIME])
        except Unreadable as trouble:
            line.errors[TIME] = trouble.text
            return None
        if at > clock.now() + FAST_CLOCKS:
            line.errors[TIME] = LATER.format(time=at.strftime("%Y-%m-%d %H:%M"))
        return at

    def _one(self, line: Line, day: date, at: datetime | None, worker: str) -> Made | None:
        """What a line says; None where something is wrong with it, which it then tells."""
        typed = {cell.name: line.typed.get(cell.name) or self.for_all.typed.get(cell.name, "") for cell in self.columns}
        values, errors = read(self.columns, typed, day=day, zone=self.policy.timezone)
        line.errors |= errors
        event_id = uuid5(self.sheet.run, f"{self.sheet.code}|{line.row.number}|{line.row.tries}")
        try:
            whom = named(self.account, line, self.sheet, uuid5(event_id, "found"))
        except Invalid as invalid:
            line.errors[invalid.field] = invalid.text
            return None
        if line.errors or at is None:
            return None
        shapes = [shape for shape in questions.shown(self.kind, self.policy) if shape.name in values]
        data = {**questions.answers(shapes, values, self.policy.timezone), **known_answers(self.sheet, self.kind)}
        references = {"place": self.sheet.place} | ({self.sheet.about: whom.code} if self.sheet.about not in ("", "member") else {})
        entry = Entry(event_id, self.kind.name, whom.area or self._area, data, references, at)
        by = whom.code if self.sheet.about == "member" else worker
        first = [Entry(each.id, each.kind, each.area, each.data, each.references, at) for each in whom.first]
        return Made(line, by, whom, at, [*first, entry])

    @cached_property
    def _area(self) -> str:
        """Where a record about nobody happened: at the sheet's place, else in its area."""
        place = Place.objects.current().filter(code=self.sheet.place).first() if self.sheet.place else None
        return place.area if place else self.sheet.area

    def _record(self, by: str, made: list[Made]) -> None:
        outcomes = iter(saving.save_many(self.account, [entry for each in made for entry in each.entries], by=by))
        for each in made:
            answers: list[Answer | Invalid] = [next(outcomes) for _ in each.entries]
            for refused in (one for one in answers if isinstance(one, Invalid)):
                each.line.errors[self._cell_of(refused)] = refused.text
            each.line.row.tries += 1

    def _cell_of(self, invalid: Invalid) -> str:
        name = {"at": TIME}.get(invalid.field, invalid.field.removeprefix("data.").split(".")[0])
        return name if name in {cell.name for cell in self.columns} else TIME

    def _keep(self, recorded: Iterable[Made], *, finish: bool) -> None:
        """Notes with each row which record it became, and by whose hand."""
        now, by = clock.now(), self.account.username
        for each in recorded:
            row = each.line.row
            row.event, row.typed_at, row.typed_by = UUID(str(each.entries[-1].id)), now, by
            row.code, row.area = row.code or each.whom.code, row.area or each.whom.area
        Row.objects.bulk_update([line.row for line in self.lines], ["event", "typed_at", "typed_by", "code", "area", "tries"])
        sheet = self.sheet
        sheet.last_at = max([sheet.last_at, *(each.at for each in recorded)])
        if not sheet.done_at and (finish or self._now().is_whole):
            sheet.done_at, sheet.done_by = now, by
        sheet.save(update_fields=["last_at", "done_at", "done_by"])

    def _now(self) -> Progress:
        rows = [line.row for line in self.lines]
        return progress(rows, records_of(rows))
