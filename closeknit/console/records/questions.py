"""From a kind's declared fields to the questions of a form, and from the answers back to what the wire takes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from closeknit.console.forms import FormField
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Invalid, plain_type
from closeknit.ledger.kinds import Kind, Shape
from closeknit.policy.packs import Policy

YES_NO = (("yes", Text("Yes", "是")), ("no", Text("No", "否")))
PAIRS_HELP = Text("One a line, as “name = number”.", "每行一项，格式为“名称 = 数字”。")
LINES_HELP = Text("One a line.", "每行一项。")
LONG = frozenset({"note", "reason", "evidence", "landmark", "title"})


def shown(kind: Kind, policy: Policy) -> list[Shape]:
    """The fields that the pack in force asks for."""
    return [shape for shape in kind.shapes if policy.has(shape.field.feature)]


def questions(kind: Kind, policy: Policy) -> list[FormField]:
    """A question for each field that the pack in force asks for."""
    return [question(shape) for shape in shown(kind, policy)]


def question(shape: Shape) -> FormField:
    """The question that a field is asked with."""
    base, bounds = plain_type(shape.type)
    label, unit, words = shape.field.label, shape.field.unit or "", shape.field.help or ""
    form_type, choices = _form_type(shape, base)
    if not words and form_type in ("list", "long_text") and not choices and base is not str:
        words = PAIRS_HELP if get_origin(base) is dict else LINES_HELP
    low = next((float(each.ge) for each in bounds if each.ge is not None), None) if form_type in ("integer", "number") else None
    high = next((float(each.le) for each in bounds if each.le is not None), None) if form_type in ("integer", "number") else None
    if shape.is_integer and low is not None:
        low = int(low)
    return FormField(shape.name, label, form_type, shape.required, choices, unit, words, low, high)


def _form_type(shape: Shape, base: Any) -> tuple[str, tuple[tuple[str, Any], ...]]:
    if isinstance(base, type) and issubclass(base, Code):
        return "choice", codes(base)
    if base is bool:
        return ("choice", YES_NO) if _in_words(shape) else ("boolean", ())
    if get_origin(base) is Literal:
        return "choice", tuple((str(each), str(each)) for each in get_args(base))
    if get_origin(base) is list:
        inner, _ = plain_type(get_args(base)[0])
        return "list", codes(inner) if isinstance(inner, type) and issubclass(inner, Code) else ()
    if get_origin(base) is dict:
        return "long_text", ()
    if shape.is_moment:
        return ("datetime" if shape.name.endswith("_at") else "date"), ()
    return {int: "integer", float: "number"}.get(base, "long_text" if shape.name in LONG else "text"), ()


def _in_words(shape: Shape) -> bool:
    """Whether yes and no are asked in words: where no answer is not the same as no."""
    return shape.required or any(NoneType in get_args(each) for each in (shape.type, *get_args(shape.type)))


def codes(of: type[Code]) -> tuple[tuple[str, Text], ...]:
    """The choices of a closed list, in their order."""
    return tuple((each.value, each.label) for each in of)


def answers(shapes: Iterable[Shape], values: Mapping[str, Any], zone: timezone) -> dict[str, Any]:
    """What was answered, as the wire takes it; what was left empty is left out."""
    data = {shape.name: _answer(shape, values.get(shape.name), zone) for shape in shapes}
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _answer(shape: Shape, value: Any, zone: timezone) -> Any:
    base, _ = plain_type(shape.type)
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if base is bool:
        return value == "yes" if isinstance(value, str) else (True if value else None)
    if get_origin(base) is Literal and isinstance(get_args(base)[0], int):
        return int(value)
    if get_origin(base) is dict:
        return _pairs(shape, str(value))
    return value


def _pairs(shape: Shape, lines: str) -> dict[str, int]:
    pairs = [line.partition("=") for line in lines.replace("＝", "=").splitlines() if line.strip()]
    try:
        return {name.strip(): int(number) for name, _, number in pairs}
    except ValueError as error:
        raise Invalid(f"data.{shape.name}", "wrong_type", PAIRS_HELP) from error


def asked_again(shapes: Iterable[Shape], data: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says, as the form shows it to be put right."""
    return {shape.name: _shown(shape, data[shape.name]) for shape in shapes if shape.name in data}


def _shown(shape: Shape, value: Any) -> Any:
    base, _ = plain_type(shape.type)
    if base is bool and _in_words(shape):
        return "yes" if value else "no"
    if get_origin(base) is dict:
        return "\n".join(f"{name} = {number}" for name, number in value.items())
    if shape.is_moment and isinstance(value, str) and len(value) > 10 and shape.name.endswith("_at"):
        return datetime.fromisoformat(value)
    return value[:10] if shape.is_moment and isinstance(value, str) and not shape.name.endswith("_at") else value
