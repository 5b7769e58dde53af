"""Texts of many words, asked which of them hold words: by a GIN index on PostgreSQL, by a full-text table on SQLite."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, Sequence[Any]]
FULL_TEXT = "registry_searchwords_text"


class WordsField(models.TextField):  # type: ignore[type-arg]
    """Words with a blank between them, each of the digits 0-9 and a-f. Lookups: `hold_all` and `hold_any` of a list of words."""


class _Hold(Lookup):
    """Whether the words hold those of a list."""

    prepare_rhs = False
    between = ""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        if not self.rhs:
            raise EmptyResultSet
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        found = f"SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s"  # noqa: S608 names are ours
        return f'{table}."id" IN ({found})', [self.between.join(f'"{word}"' for word in self.rhs)]


@WordsField.register_lookup
class HoldAll(_Hold):
    """All of them."""

    lookup_name, between = "hold_all", " AND "

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        left, values = self.process_lhs(compiler, connection)
        return f"string_to_array({left}, ' ') @> %s::text[]", [*values, list(self.rhs)]


@WordsField.register_lookup
class HoldAny(_Hold):
    """One of them at least."""

    lookup_name, between = "hold_any", " OR "

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Each word is looked up by itself: `&&` would compare every row found with the whole list again."""
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        one = "SELECT id FROM registry_searchwords WHERE string_to_array(words, ' ') @> ARRAY[w]"
        return f'{table}."id" IN (SELECT s.id FROM unnest(%s::text[]) AS w CROSS JOIN LATERAL ({one}) AS s)', [list(self.rhs)]  # noqa: S608
