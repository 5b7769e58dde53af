"""How what somebody typed becomes a value, or an error that says what to type instead."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import get_current_timezone, make_aware

from closeknit.kit import clock
from closeknit.kit.text import Refusal, Text

if TYPE_CHECKING:
    from closeknit.console.forms import FormField

LONGEST = {"text": 500, "long_text": 5000, "hidden": 2000, "password": 200}

WHOLE = Text("“{label}” takes a whole number such as 12, not “{value}”.", "“{label}”应填整数，如 12；现为“{value}”。")
NUMBER = Text("“{label}” takes a number such as 36.5, not “{value}”.", "“{label}”应填数字，如 36.5；现为“{value}”。")
LOW = Text("“{label}” cannot be below {bound}. Check it and type it again.", "“{label}”不得小于 {bound}，请核对后重填。")
HIGH = Text("“{label}” cannot be above {bound}. Check it and type it again.", "“{label}”不得大于 {bound}，请核对后重填。")
SHORT = Text("“{label}” needs at least {bound} characters.", "“{label}”至少 {bound} 个字。")
LONG = Text("“{label}” takes at most {bound} characters; these are {n}. Shorten it.", "“{label}”最多 {bound} 个字，现有 {n} 个，请精简。")
DAY = Text("“{label}” takes a date such as 2022-03-18, not “{value}”.", "“{label}”应填日期，如 2022-03-18；现为“{value}”。")
MOMENT = Text("“{label}” takes a date and time such as 2022-03-18 17:05.", "“{label}”应填日期和时间，如 2022-03-18 17:05。")
OTHER = Text("“{label}” has no such choice. Choose one of those shown.", "“{label}”没有这一选项，请从所列选项中选择。")


class Unreadable(Refusal):
    """An answer that cannot be taken; `text` says what can."""


def _one(raw: list[str]) -> str:
    """The answer without control characters and outer blanks."""
    text = raw[-1] if raw else ""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()


def _bounded(field: "FormField", value: Any) -> Any:
    if field.minimum is not None and value < field.minimum:
        raise Unreadable(LOW.format(label=field.label, bound=field.minimum))
    if field.maximum is not None and value > field.maximum:
        raise Unreadable(HIGH.format(label=field.label, bound=field.maximum))
    return value


def _text(field: "FormField", raw: list[str]) -> str:
    value = raw[-1] if field.type == "password" and raw else _one(raw)
    longest = int(field.maximum or LONGEST[field.type])
    if len(value) > longest:
        raise Unreadable(LONG.format(label=field.label, bound=longest, n=len(value)))
    if value and field.minimum is not None and len(value) < int(field.minimum):
        raise Unreadable(SHORT.format(label=field.label, bound=int(field.minimum)))
    return value


def _number(field: "FormField", raw: list[str]) -> int | float | None:
    typed = unicodedata.normalize("NFKC", _one(raw)).replace(",", "").replace(" ", "")
    if not typed:
        return None
    pattern, error = (r"[+-]?\d{1,15}", WHOLE) if field.type == "integer" else (r"[+-]?\d{1,15}(\.\d{1,10})?", NUMBER)
    if not re.fullmatch(pattern, typed, re.ASCII):
        raise Unreadable(error.format(label=field.label, value=_one(raw)[:40]))
    return _bounded(field, int(typed) if field.type == "integer" else float(typed))


def _date(field: "FormField", raw: list[str]) -> date | None:
    typed = unicodedata.normalize("NFKC", _one(raw))
    if not typed:
        return None
    parts = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", typed)
    try:
        value = date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        value = None
    if value is None or not clock.can_be_meant(value):
        raise Unreadable(DAY.format(label=field.label, value=typed[:40]))
    if field.minimum is not None and value.isoformat() < str(field.minimum):
        raise Unreadable(LOW.format(label=field.label, bound=field.minimum))
    if field.maximum is not None and value.isoformat() > str(field.maximum):
        raise Unreadable(HIGH.format(label=field.label, bound=field.maximum))
    return value


def _moment(field: "FormField", raw: list[str]) -> datetime | None:
    typed = _one(raw)
    if not typed:
        return None
    try:
        value = datetime.fromisoformat(typed)
    except ValueError:
        raise Unreadable(MOMENT.format(label=field.label)) from None
    if not clock.can_be_meant(value):
        raise Unreadable(MOMENT.format(label=field.label))
    return value if value.tzinfo else make_aware(value, get_current_timezone())


def _choice(field: "FormField", raw: list[str]) -> str:
    value = _one(raw)
    if value and value not in {choice for choice, _ in field.choices}:
        raise Unreadable(OTHER.format(label=field.label))
    return value


def _list(field: "FormField", raw: list[str]) -> list[str]:
    if not field.choices:
        return [part.strip() for part in re.split(r"[\n,;，；、]", _one(raw)) if part.strip()]
    if not set(raw) <= {choice for choice, _ in field.choices}:
        raise Unreadable(OTHER.format(label=field.label))
    return raw


def _boolean(field: "FormField", raw: list[str]) -> bool:
    return bool(raw) and raw[-1].lower() in {"on", "true", "1", "yes"}


READERS: dict[str, Callable[["FormField", list[str]], Any]] = {
    "text": _text,
    "long_text": _text,
    "hidden": _text,
    "password": _text,
    "integer": _number,
    "number": _number,
    "choice": _choice,
    "boolean": _boolean,
    "date": _date,
    "datetime": _moment,
    "list": _list,
}
