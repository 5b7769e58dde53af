"""Python's search for rings of objects that hold one another, made rarer while millions of rows are made that form none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 100_000  # new objects between two searches, some 5 MB; Python's own measure is 700


@contextmanager
def searched_seldom() -> Iterator[None]:
    """Within the block the youngest objects are searched when there are many of them. Rows in the making are looked through for nothing:
    the usual measure costs an import an eighth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(max(YOUNG, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
