"""Whole batches to the database in one statement, on either engine; ON CONFLICT always names its target."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models

Row = Mapping[str, Any]
AS_THEY_ARE = {
    models.CharField, models.TextField, models.BooleanField, models.BinaryField, models.FloatField,
    models.IntegerField, models.BigIntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.SmallIntegerField,
}  # fmt: skip


_ESCAPED = str.maketrans({'"': '\\"', "\\": "\\\\"})


@models.Field.register_lookup
class Among(models.Lookup):
    """`code__among=codes`: as `__in`, for thousands of texts, numbers, UUIDs or digests; Django takes none of them apart.

    The values are a set, or a frozenset: of a list Django would look at each.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """From a JSON array, UUIDs as the columns hold them; JSON knows no bytes, so digests stand in the statement."""
        lhs, params = self.process_lhs(compiler, connection)
        values = self._values()
        if isinstance(values[0], bytes):
            digests = ",".join([f"x'{value.hex()}'" for value in values])
            return f"{lhs} IN ({digests})", params
        plain = [value.hex if isinstance(value, UUID) else value for value in values]
        return self._told(f"{lhs} IN (SELECT value FROM json_each(%s))", lhs, (*params, json.dumps(plain)), params)  # noqa: S608 `lhs` is a column

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """From an array, found through an index as with IN."""
        lhs, params = self.process_lhs(compiler, connection)
        values = self._values()
        texts = [f"\\x{value.hex()}" for value in values] if isinstance(values[0], bytes) else list(map(str, values))
        together = "".join(texts)
        if '"' in together or "\\" in together:
            texts = [text.translate(_ESCAPED) for text in texts]
        quoted = '","'.join(texts)
        return self._told(f"{lhs} = ANY(%s)", lhs, (*params, f'{{"{quoted}"}}'), params)  # as text: psycopg would look at each value again

    def _told(self, sql: str, lhs: str, params: tuple[Any, ...], again: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        """With what the database cannot see by itself: that none of the texts is empty, as it does not look into an array of more than a
        hundred. Without it the indexes that leave out events without a household, person or topic are of no use."""
        if not isinstance(self.lhs.output_field, models.CharField) or "" in self.rhs:
            return sql, params
        return f"({sql} AND NOT ({lhs} = ''))", (*params, *again)

    def _values(self) -> list[Any]:
        values = list(self.rhs)
        if not values:
            raise EmptyResultSet
        return values


def insert(model: type[models.Model], rows: Sequence[Row], *, conflict: Sequence[str] = (), action: str = "NOTHING") -> None:
    """Inserts the rows. `conflict` names the columns of a unique key, `action` what then happens: NOTHING, or `UPDATE SET …`.

    In `action` the table is called by its own name and the row that came by `excluded`.
    """
    if not rows:
        return
    fields = [_field(model, column) for column in rows[0]]
    tail = f" ON CONFLICT ({', '.join(map(_quoted, conflict))}) DO {action}" if conflict else ""
    into = f"INSERT INTO {model._meta.db_table} ({', '.join(_name(field) for field in fields)})"
    if connection.vendor == "sqlite":
        _many(f"{into} VALUES ({', '.join(['%s'] * len(fields))}){tail}", fields, rows)
    else:
        _once(f"{into} SELECT {_taken(fields)} FROM {_recordset(fields)}{tail}", rows)  # noqa: S608 names are ours


def update(model: type[models.Model], rows: Sequence[Row], *, key: str) -> None:
    """Sets the columns of each row where the column `key` equals the row's."""
    if not rows:
        return
    columns = [column for column in rows[0] if column != key]
    fields = [_field(model, column) for column in [*columns, key]]
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        settings = ", ".join(f"{_quoted(column)} = %s" for column in columns)
        _many(f"UPDATE {table} SET {settings} WHERE {key} = %s", fields, rows)  # noqa: S608 names are ours
    else:
        settings = ", ".join(f"{_quoted(column)} = {_taken([_field(model, column)])}" for column in columns)
        _once(f"UPDATE {table} SET {settings} FROM {_recordset(fields)} WHERE {table}.{key} = r.{key}", rows)  # noqa: S608 names are ours


@cache
def _field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.column == column)


def _many(sql: str, fields: "Sequence[models.Field[Any, Any]]", rows: Sequence[Row]) -> None:
    columns = [_prepared(field, [row[str(field.column)] for row in rows]) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*columns, strict=True)))


def _prepared(field: "models.Field[Any, Any]", values: list[Any]) -> list[Any]:
    """The values as SQLite takes them; texts and numbers go as they are, which is most of what a batch holds."""
    if type(field) in AS_THEY_ARE:
        return values
    plain = connections[connection.alias]  # the thread's own: `connection` looks it up anew at every touch
    return [field.get_db_prep_save(value, plain) for value in values]


def _once(sql: str, rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [msgspec.json.encode(rows).decode()])


def _taken(fields: "Sequence[models.Field[Any, Any]]") -> str:
    return ", ".join(f"decode(r.{_name(field)}, 'base64')" if _is_binary(field) else f"r.{_name(field)}" for field in fields)


def _recordset(fields: "Sequence[models.Field[Any, Any]]") -> str:
    types = ", ".join(f"{_name(field)} {'text' if _is_binary(field) else _type(field)}" for field in fields)
    return f"json_to_recordset(%s::json) AS r({types})"


def _name(field: "models.Field[Any, Any]") -> str:
    return _quoted(str(field.column))


def _quoted(column: str) -> str:
    return f'"{column}"'


def _is_binary(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.BinaryField)


def _type(field: "models.Field[Any, Any]") -> str:
    return str(field.db_type(connection)).split(" GENERATED")[0]
