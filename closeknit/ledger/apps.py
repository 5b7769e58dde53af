"""Django's handle on this package; and moments from PostgreSQL, of which an event has four and a day millions, read fast."""

from datetime import UTC, datetime
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.types.datetime import TimestamptzLoader


class Moment(TimestamptzLoader):
    """A timestamptz of a session in UTC, five times as fast as Django's own, which takes it apart by a regular expression."""

    timezone = UTC  # Django asks for it

    def load(self, data: Any) -> datetime:
        try:
            return datetime.fromisoformat(bytes(data).decode())
        except ValueError:  # another style of dates than ISO, or a year that Python does not know: psycopg says so
            return super().load(data).replace(tzinfo=UTC)


def _read_fast(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql" and connection.timezone == UTC:
        connection.connection.adapters.register_loader("timestamptz", Moment)


class LedgerConfig(AppConfig):
    """The app `ledger`."""

    name = "closeknit.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Every connection from here on reads so."""
        connection_created.connect(_read_fast, dispatch_uid="moments")
