"""What a page asks again and again is reckoned once for it. Nothing of it outlives the page, so nothing shown is older than its request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_held: ContextVar[dict[Any, Any] | None] = ContextVar("closeknit_once", default=None)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@contextmanager
def one_page() -> Iterator[None]:
    """Within the block the same question is answered once. Only for what reads: a write in between would not be seen."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


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
