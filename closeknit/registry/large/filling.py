"""Many rows into a table by the quickest way that each engine has: COPY on PostgreSQL, many rows a statement on SQLite."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connections, models

Row = Mapping[str, Any]
Plain = Callable[[Any], Any]
PLACES = 2_000  # for values in a statement; any SQLite takes 32,000
_json = json.JSONEncoder(ensure_ascii=False).encode


def fill(model: type[models.Model], rows: Sequence[Row], **same: Any) -> None:
    """Inserts rows that name the same columns, in one statement; none of them may be there yet. `same` are columns that are the same in
    all rows, beside those that the rows name."""
    if not rows:
        return
    connection = connections["default"]
    names = [*rows[0], *same]
    plain = _plain(model, tuple(names), connection.vendor)
    values = (*([row[name] for row in rows] for name in rows[0]), *([value] * len(rows) for value in same.values()))
    columns = [_converted(each, into) for each, into in zip(values, plain, strict=True)]
    table, quoted = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _insert(cursor, f"INSERT INTO {table} ({quoted}) VALUES ", list(zip(*columns, strict=True)))  # noqa: S608 names are ours
            return
        with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
            copy.write("\n".join(map("\t".join, zip(*columns, strict=True))).encode())


def counted(*filled: type[models.Model]) -> None:
    """After much was filled in: PostgreSQL counts the tables anew, else it would look everything up the long way until it comes to that by
    itself. SQLite has nothing to do."""
    _on_postgresql(f"ANALYZE {', '.join(model._meta.db_table for model in filled)}")


def taken_in(index: str) -> None:
    """What waits beside a full-text index goes into it: outside of a transaction that others wait for. PostgreSQL would come to it by
    itself, at a million rows for ten seconds, in the middle of such a one. SQLite has nothing to do."""
    _on_postgresql("SELECT gin_clean_pending_list(%s::regclass)", index)


def _on_postgresql(statement: str, *values: str) -> None:
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def _insert(cursor: Any, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Some hundred rows a statement: at each statement that finds a trigger the full-text table writes out what it holds."""
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    at_once = PLACES // len(rows[0])
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        cursor.execute(into + ", ".join([row] * len(some)), list(chain.from_iterable(some)))


@lru_cache(maxsize=64)
def _plain(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[Plain | None, ...]:
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    return tuple(_of_sqlite(fields[name]) if vendor == "sqlite" else _of_copy(fields[name]) for name in names)


def _converted(values: list[Any], into: Plain | None) -> list[Any]:
    if into is None:
        return values
    if values[0] is values[-1] and len(set(map(id, values))) == 1:  # the same file, the same moment in all rows
        return [into(values[0])] * len(values)
    if into is _text_in_copy and _stands_as_it_is(values):
        return values
    return list(map(into, values))


def _of_sqlite(field: "models.Field[Any, Any]") -> Plain | None:
    if isinstance(field, models.UUIDField):
        return lambda value: value and value.hex
    if isinstance(field, models.DateTimeField):
        return _moment_in_sqlite
    if isinstance(field, models.DateField):
        return _day
    return json.dumps if isinstance(field, models.JSONField) else None


def _of_copy(field: "models.Field[Any, Any]") -> Plain:
    if isinstance(field, models.BinaryField):
        return lambda value: "\\N" if value is None else f"\\\\x{value.hex()}"
    if isinstance(field, models.JSONField):
        return lambda value: _escaped(_json(value))
    if isinstance(field, models.CharField | models.TextField):
        return _text_in_copy
    if isinstance(field, models.DateField):  # a moment is one too
        return _moment_in_copy
    if isinstance(field, models.UUIDField):
        return lambda value: "\\N" if value is None else value.hex
    return lambda value: "\\N" if value is None else str(value)


def _stands_as_it_is(texts: list[Any]) -> bool:
    """Whether COPY takes these texts without change; asked of all at once."""
    try:
        together = "".join(texts)
    except TypeError:  # one of them is None
        return False
    return not any(sign in together for sign in "\\\t\n\r")


def _text_in_copy(text: str | None) -> str:
    return "\\N" if text is None else _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


@lru_cache(maxsize=1024)
def _moment_in_sqlite(value: datetime | None) -> str | None:
    return connections["default"].ops.adapt_datetimefield_value(value) if value else None


@lru_cache(maxsize=65_536)
def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


@lru_cache(maxsize=65_536)
def _moment_in_copy(value: date | None) -> str:
    return value.isoformat() if value else "\\N"
