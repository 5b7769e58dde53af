"""What a page asks again and again is reckoned once for it. Nothing of it outlives the page, so nothing shown is older than its request;
but for what was known at a time, which stays what it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_held: ContextVar[dict[Any, Any] | None] = ContextVar("closeknit_once", default=None)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass
class Known:
    """What was answered as known at one time, so that the pages of a long work that look at that time need not ask it again."""

    as_of: datetime
    answers: dict[Any, Any] = field(default_factory=dict)

    def keep(self, held: dict[Any, Any]) -> None:
        """Keeps those of a page's answers that were asked as known at this time."""
        self.answers = {key: answer for key, answer in held.items() if self.as_of in (*key[1], *(value for _, value in key[2]))}


@contextmanager
def one_page(known: Known | None = None) -> Iterator[None]:
    """Within the block the same question is answered once. Only for what reads: a write in between would not be seen."""
    held = dict(known.answers) if known else {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
        if known:
            known.keep(held)


def is_page() -> bool:
    """Whether answers are kept now."""
    return _held.get() is not None


def once_a_page(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Function decorator: within a page the same arguments are asked once; the answer is shared, so nobody may change it."""

    @wraps(function)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        held = _held.get()
        if held is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in held:
            held[key] = function(*args, **kwargs)
        answer: Answer = held[key]
        return answer

    return asked
