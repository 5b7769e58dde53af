"""Why a figure is different today from what was sealed: each record that makes the difference, and in which way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.models import TOTAL_ORDER, Event, Refusal
from closeknit.registry.known import found_id
from closeknit.reports.content import Report, from_json
from closeknit.reports.figures import Figure, Question, figure, sections
from closeknit.reports.models import Sealed
from closeknit.reports.rows import Row, Value

CAUSES = {
    "late": Text("Received after the report was sealed", "封存后收到"),
    "accepted_later": Text("Waited for an unknown code, accepted later", "待登记后生效"),
    "corrected": Text("Put right by a later record", "已更正"),
    "voided": Text("Withdrawn", "已作废"),
    "register": Text("Changed in the register or the plan", "底册或计划变更"),
}
SUBJECTS = {
    "household": "household",
    "person": "person",
    "place": "place",
    "member": "member",
    "problem": "topic",
    "tube": "topic",
    "area": "topic",
    "report": "topic",
    "zone": "topic",
    "control": "topic",
    "case": "topic",
}
VOIDED = "ledger.voided"
CHUNK = 500


@dataclass(frozen=True)
class Change:
    """One row more (sign 1) or less (sign -1) than when the report was sealed, why, and the record that did it."""

    sign: int
    cause: str
    row: Row
    by: Event | None

    @property
    def weight(self) -> int:
        """What it adds to the number, or takes away."""
        return self.sign * self.row.weight


@dataclass(frozen=True)
class Difference:
    """A figure as it was sealed and as it is now. `questions` ask for the one and the other."""

    figure: Figure
    sealed: Value
    now: Value
    questions: tuple[Question, Question]
    changes: list[Change]


def difference(held: Sealed, name: str) -> Difference | None:
    """Why a figure of a sealed report is another one now; None where the report has no such figure."""
    report = from_json(held.content)
    shown = report.figure(name)
    then, now = questions(report)
    one = figure(name, now) or figure(name, then)
    if shown is None or one is None:
        return None
    before, after = one.rows(then), one.rows(now)
    changes = _changes(before.listed(), after.listed(), held)
    return Difference(one, shown.value, after.value(), (then, now), changes)


def questions(report: Report) -> tuple[Question, Question]:
    """The question that a sealed report answered, and the same with all that is known now."""
    return (
        Question(report.area, report.starts_at, report.ends_at, report.as_of),
        Question(report.area, report.starts_at, report.ends_at),
    )


def changed(report: Report) -> dict[str, Value]:
    """The figures of a sealed report that are different now, with their present values."""
    _, now = questions(report)
    known = {one.name: one for each in sections() for one in each.all_figures(now)}
    found = {shown.name: shown.value for part in report.parts for shown in part.figures}
    values = {name: known[name].rows(now).value() for name in found if name in known}
    return {name: value for name, value in values.items() if value != found[name]}


def _changes(before: Sequence[Row], after: Sequence[Row], held: Sealed) -> list[Change]:
    was, then = {row.key: row for row in before}, {row.key: row for row in after}
    added = [row for row in after if row.key not in was or was[row.key].weight != row.weight]
    gone = [row for row in before if row.key not in then or then[row.key].weight != row.weight]
    news = _news([*added, *gone], held)
    waited = _waited([event.id for event in news.values()])
    changes = [Change(1, _cause(news.get(row.key), waited), row, news.get(row.key)) for row in added]
    successors = _successors(row.event.id for row in gone if row.about == "event" and row.event)
    return [*changes, *(_gone(row, successors, news.get(row.key), waited) for row in gone)]


def _gone(row: Row, successors: dict[UUID, Event], news: Event | None, waited: set[UUID]) -> Change:
    successor = successors.get(row.event.id) if row.event and row.about == "event" else None
    if successor:
        return Change(-1, "voided" if successor.kind == VOIDED else "corrected", row, successor)
    return Change(-1, _cause(news, waited), row, news)


def _cause(event: Event | None, waited: set[UUID]) -> str:
    if event is None:
        return "register"
    if event.kind == VOIDED:
        return "voided"
    if event.corrects:
        return "corrected"
    return "accepted_later" if event.id in waited else "late"


def is_late(event: Event, held: Sealed) -> bool:
    """Whether the server learned of it only after the report was sealed."""
    return event.received_at > held.ends_at or event.arrival > held.arrival


def _waited(ids: Sequence[UUID]) -> set[UUID]:
    """Those of the events that had waited for a code before they were accepted."""
    settled: set[UUID] = set()
    for start in range(0, len(ids), CHUNK):
        texts = [str(each) for each in ids[start : start + CHUNK]]
        rows = Refusal.objects.filter(event_id__in=texts, status=Refusal.Status.SETTLED).values_list("event_id", flat=True)
        settled |= {UUID(event_id) for event_id in rows}
    return settled


def _successors(ids: Iterable[UUID]) -> dict[UUID, Event]:
    """For each event that no longer stands, the latest record that put it right or withdrew it."""
    found: dict[UUID, Event] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        corrections = Event.objects.filter(corrects__in=wanted[start : start + CHUNK]).defer("personal", "digest")
        found.update({event.corrects: event for event in corrections.order_by("received_at", "seq", "id") if event.corrects})
    return found


def _news(rows: Sequence[Row], held: Sealed) -> dict[str, Event]:
    """For each row the record, received after the sealing, that explains it: its own event, or the latest about the same subject."""
    found = {row.key: row.event for row in rows if row.event and is_late(row.event, held)}
    found |= _finds(rows, held)
    by_column: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        if row.key not in found and row.about in SUBJECTS:
            code = f"{held.day.isoformat()}|{row.code}" if row.about in ("area", "report") else row.code
            by_column.setdefault(SUBJECTS[row.about], {}).setdefault(code, []).append(row.key)
    for column, keys in by_column.items():
        for code, event in _latest(column, list(keys), held.ends_at):
            found.update(dict.fromkeys(keys[code], event))
    return found


def _finds(rows: Sequence[Row], held: Sealed) -> dict[str, Event]:
    """For each row about somebody whom no roster holds and who was found too late: the record that tells of them."""
    asked = {event_id: row.key for row in rows if (event_id := found_id(row.code))}
    finds = Event.objects.filter(id__in=list(asked)).defer("personal", "digest") if asked else []
    return {asked[event.id]: event for event in finds if is_late(event, held)}


def _latest(column: str, codes: Sequence[str], since: datetime) -> Iterable[tuple[str, Event]]:
    for start in range(0, len(codes), CHUNK):
        events = Event.objects.filter(**{f"{column}__in": codes[start : start + CHUNK]}, received_at__gt=since).defer("personal", "digest")
        yield from ((getattr(event, column), event) for event in events.order_by(*TOTAL_ORDER))
