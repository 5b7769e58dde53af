"""The shapes of kinds: what a phone asks for and sends, told from the declarations, so that a new kind needs no new app."""

from typing import Any, Literal, get_args, get_origin

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, plain_type
from closeknit.ledger.kinds import Kind, Shape, measure_label
from closeknit.policy.packs import Policy
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.wording import both

PLAIN = {str: "text", int: "integer", float: "number", bool: "boolean", dict: "names"}


def shapes(assigned: Assigned) -> list[dict[str, Any]]:
    """The shapes of all that the worker may record."""
    return [shape_of(kind, work, assigned.policy) for kind, work in assigned.kinds]


def shape_of(kind: Kind, work: str, policy: Policy) -> dict[str, Any]:
    """One kind, with the fields that the pack in force asks for."""
    return {
        "kind": kind.name, "label": both(kind.label), "measure": kind.measure, "measure_label": both(measure_label(kind.measure)),
        "needs": kind.needs, "one_of": kind.needs_one_of, "may": kind.may, "whereabouts": kind.whereabouts,
        "health": kind.retention == "health", "work": work,
        "fields": [_field(shape) for shape in kind.shapes if policy.has(shape.field.feature)],
    }  # fmt: skip


def _field(shape: Shape) -> dict[str, Any]:
    base, bounds = plain_type(shape.type)
    many = get_origin(base) is list
    if many:
        base, bounds = plain_type(get_args(base)[0])
    field = shape.field
    return {
        "name": shape.name, "label": both(field.label), "type": _type(base, shape), "required": shape.required, "choices": _choices(base),
        "unit": _words(field.unit), "help": _words(field.help), "min": next((each.ge for each in bounds if each.ge is not None), None),
        "max": next((each.le for each in bounds if each.le is not None), None), "many": many, "personal": field.privacy == "personal",
    }  # fmt: skip


def _type(base: Any, shape: Shape) -> str:
    if shape.is_moment:
        return "moment" if shape.name.endswith("_at") else "day"  # as the console asks for it
    if _choices(base):
        return "choice"
    return PLAIN[get_origin(base) or base]


def _choices(base: Any) -> list[tuple[Any, dict[str, str]]]:
    if isinstance(base, type) and issubclass(base, Code):
        return [(each.value, both(each.label)) for each in base]
    if get_origin(base) is Literal:
        return [(each, {"en": str(each), "zh": str(each)}) for each in get_args(base)]
    return []


def _words(text: Text | None) -> dict[str, str] | None:
    return both(text) if text else None
