"""PostgreSQL's moments are read our way, and come out as psycopg and Django would give them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DataError, connection

from closeknit.ledger.apps import Moment

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes moments otherwise")]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2022, 3, 18, 9, 0, 0, 120_000, timezone(timedelta(hours=8))),
        datetime(2022, 3, 18, 9, 0, 0, 1, UTC),
        datetime(2022, 3, 18, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        datetime(1, 1, 1, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_as_it_went_in(moment: datetime):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        ((found,),) = cursor.fetchall()

    assert (found, found.tzinfo) == (moment, UTC)


def test_a_moment_that_python_does_not_know_is_told():
    with connection.cursor() as cursor, pytest.raises(DataError):
        cursor.execute("SELECT 'infinity'::timestamptz")
        cursor.fetchall()


def test_every_connection_reads_so():
    connection.ensure_connection()

    assert connection.connection.adapters.get_loader(1184, 0) is Moment
