"""Within how many transactions a statement is made: what reads much shall not hold the ledger meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def transactions_around(words: str) -> Iterator[list[int]]:
    """Of each statement within the block that has these words, within how many transactions it was made, the test's own aside."""
    around: list[int] = []

    def made(execute: Any, text: str, *rest: Any) -> Any:
        if words in text:
            around.append(len(connection.savepoint_ids))
        return execute(text, *rest)

    with connection.execute_wrapper(made):
        yield around
