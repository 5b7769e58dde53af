"""Short messages after something was done, with an undo that stands for ten seconds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from closeknit.kit.text import Text

UNDO_SECONDS = 10
TONES = {"good": messages.SUCCESS, "info": messages.INFO, "watch": messages.WARNING, "bad": messages.ERROR}
_UNDO = "undo:"


@dataclass(frozen=True)
class Toast:
    """One message on the next page; with `undo`, the address to which the undo button posts."""

    text: str
    tone: str
    undo: str
    seconds: int = UNDO_SECONDS


def tell(request: HttpRequest, text: Text, *, tone: str = "good", undo: str = "") -> None:
    """Say `text` on the next page. `undo` is an address that takes a POST and puts right what was just done."""
    messages.add_message(request, TONES[tone], str(text), extra_tags=f"{_UNDO}{undo}" if undo else "")


def toasts(stored: Iterable[Message]) -> list[Toast]:
    """The messages as toasts."""
    names = {level: tone for tone, level in TONES.items()}
    return [
        Toast(str(message.message), names.get(message.level, "info"), (message.extra_tags or "").removeprefix(_UNDO)) for message in stored
    ]
