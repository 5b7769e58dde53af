"""Making sheets: whom the rows are about is written down with them, so that whoever enters a sheet has its rows before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from closeknit.kit import clock
from closeknit.ledger.kinds import Kind
from closeknit.paper.codes import new_code
from closeknit.paper.models import Row, Sheet
from closeknit.paper.rows import ROWS, Stop
from closeknit.policy.packs import policy


@dataclass(frozen=True)
class Order:
    """What is to be printed. `stops` are the rows, over as many sheets as they need; without any, `blank` sheets with empty rows."""

    run: UUID
    kind: Kind
    area: str
    day: date
    about: str = ""
    stops: Sequence[Stop] = ()
    blank: int = 1
    campaign: str = ""
    place: str = ""
    member: str = ""

    @property
    def groups(self) -> list[Sequence[Stop]]:
        """The rows of each sheet."""
        return [self.stops[start : start + ROWS] for start in range(0, len(self.stops), ROWS)] or [()] * self.blank


def make(order: Order, *, by: str) -> list[Sheet]:
    """The sheets of an order, in their order; the same order again makes no others."""
    now = clock.now()
    day_begins = datetime.combine(order.day, time(), policy(order.area).timezone)
    with transaction.atomic():
        sheets = list(Sheet.objects.filter(run=order.run).order_by("number"))
        for number, stops in enumerate(() if sheets else order.groups, 1):
            sheet = Sheet.objects.create(
                code=new_code(), run=order.run, number=number, kind=order.kind.name, area=order.area, campaign=order.campaign,
                about=order.about, place=order.place, member=order.member, day=order.day, printed_at=now, printed_by=by,
                last_at=max(now, day_begins),
            )  # fmt: skip
            Row.objects.bulk_create(_rows(sheet, stops))
            sheets.append(sheet)
    return sheets


def _rows(sheet: Sheet, stops: Sequence[Stop]) -> list[Row]:
    rows = [Row(sheet=sheet, number=number, listed=True, code=stop.code, area=stop.area) for number, stop in enumerate(stops, 1)]
    return [*rows, *(Row(sheet=sheet, number=number) for number in range(len(stops) + 1, ROWS + 1))]


def known_answers(sheet: Sheet, kind: Kind) -> dict[str, str]:
    """Fields that nobody has to write: the round that a sheet of a round is of."""
    return {"round": sheet.campaign} if sheet.campaign and any(shape.name == "round" for shape in kind.shapes) else {}
