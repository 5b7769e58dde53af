"""What a page asks again and again is reckoned once for it. Nothing of it outlives the page, so nothing shown is older than its request;
but for what was known at a time, which stays what it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

_held: ContextVar[dict[Any, Any] | None] = ContextVar("closeknit_once", default=None)
_lasting: dict[Any, int] = {}  # functions of which a long work keeps what was known at its time, and where they take that time
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass
class Known:
    """What `once_for_all` functions answered as known at one time, so that the pages of a long work need not ask it again."""

    as_of: datetime
    answers: dict[Any, Any] = field(default_factory=dict)

    def keep(self, held: dict[Any, Any]) -> None:
        """Keeps those of a page's answers that were asked as known at this time."""
        self.answers = {key: answer for key, answer in held.items() if key[0] in _lasting and self._asked(*key)}

    def _asked(self, function: Any, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> bool:
        place = _lasting[function]
        return bool(self.as_of == (args[place] if place < len(args) else dict(kwargs).get("as_of")))


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


def once_for_all(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """As `once_a_page`, for what has an `as_of` and concerns no single area: a long work asks it once for all of its pages (`Known`)."""
    _lasting[function] = list(signature(function).parameters).index("as_of")
    return once_a_page(function)
