"""The longest and largest that every kind allows goes the whole way into the database, or is refused: it never breaks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from itertools import product, zip_longest
from typing import Any, Literal, get_args, get_origin

import pytest
from django.db import transaction

from closeknit.kit.clock import LAST_YEAR
from closeknit.ledger.fields import plain_type
from closeknit.ledger.judge import LARGEST_NUMBER
from closeknit.ledger.kinds import Kind, Shape, kinds
from closeknit.ledger.record import NOT_STORABLE
from closeknit.ledger.wire import LONGEST_TEXT
from tests.town import Field

LENGTHS = (60, 80, 100, 120, 200, 400, LONGEST_TEXT)  # a kind may allow less than the wire does: then the last but one is its widest
REFERENCES = {"person": "P1", "household": "H1", "place": "CS1"}
EVERY = sorted(kinds().values(), key=lambda each: each.name)


def widening(shape: Shape) -> Iterator[Any]:
    """Values of a field, wider and wider."""
    base, bounds = plain_type(shape.type)
    if shape.is_moment:
        yield from (datetime(LAST_YEAR, 12, 31, 23, 59, tzinfo=UTC).isoformat(), date(LAST_YEAR, 12, 31).isoformat())
    elif get_origin(base) is list:
        inner, _ = plain_type(get_args(base)[0])
        yield from ([each] for each in _widening(inner))
    else:
        yield from _widening(base)
        yield from (each.le for each in bounds if each.le is not None)


def _widening(base: Any) -> Iterator[Any]:
    if get_origin(base) is Literal:
        yield max(get_args(base))
    elif isinstance(base, type) and issubclass(base, Enum):
        yield max((each.value for each in base), key=len)
    elif base is str:
        yield from ("长" * length for length in LENGTHS)
    elif base in (int, float):
        yield from (base(number) for number in (-(2**31), -LARGEST_NUMBER, 2**31 - 1, 2**31, LARGEST_NUMBER))


def rounds() -> Iterator[list[tuple[Kind, dict[str, Any]]]]:
    """What can be said, each time one field of each kind wider and wider: of what is said of one thing the last, the widest, counts."""
    of_kinds = [[(kind, said, shape) for said, shape in product(kind.examples, kind.shapes)] for kind in EVERY]
    for together in zip_longest(*of_kinds):
        yield [(kind, {**said, shape.name: value}) for kind, said, shape in filter(None, together) for value in widening(shape)]


def broken(field: Field, events: list[dict[str, Any]]) -> list[tuple[str, str, dict[str, str]]]:
    """Which of the records break what takes them in, or the database cannot hold: kind, why and data; all at once where none breaks."""
    try:
        with transaction.atomic():
            answers = field.push(*events)
    except Exception as error:
        if len(events) == 1:
            return [(events[0]["kind"], repr(error)[:100], shortened(events[0]["data"]))]
        half = len(events) // 2
        return broken(field, events[:half]) + broken(field, events[half:])
    return [
        (event["kind"], answer.reason, shortened(event["data"]))
        for event, answer in zip(events, answers, strict=True)
        if answer.reason == NOT_STORABLE.reason
    ]


def shortened(data: dict[str, Any]) -> dict[str, str]:
    """The data as one can read it in a failure."""
    return {name: str(value)[:20] for name, value in data.items()}


@pytest.mark.django_db
def test_the_widest_that_a_kind_allows_is_taken_or_refused(field_records: Field):
    field_records.push(*(field_records.event(kind.name, data=said, **REFERENCES) for kind in EVERY for said in kind.examples))

    wrong = [
        each
        for together in rounds()
        for each in broken(field_records, [field_records.event(kind.name, data=said, **REFERENCES) for kind, said in together])
    ]

    assert wrong == []
