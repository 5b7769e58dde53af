"""Kinds: the sorts of thing that can be said, each declared once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Annotated, Any, Literal, TypeVar, get_args, get_type_hints
from uuid import UUID

import msgspec

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Moment, Words

Reference = Literal["person", "household", "place"]
Retention = Literal["open", "roster", "whereabouts", "health", "contacts", "audit"]
REFERENCES: tuple[Reference, ...] = ("person", "household", "place")
Mentions = Iterable[tuple[Reference, str]]


class Said(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The data of a record: a subclass's fields are what may be said. Each is `Annotated[type, Field(label, privacy)]`."""

    def check(self) -> None:
        """Raises `Invalid` where the fields contradict each other."""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        """What the record is about when that is no household, person or place: a problem, a tube, a unit's day."""
        return ""

    def introduces(self, event_id: UUID) -> Mentions:
        """The (reference, code) pairs that are known from this record on."""
        return ()

    def mentions(self) -> Mentions:
        """The (reference, code) pairs in the data that must be known."""
        return ()

    def below(self) -> tuple[str, Iterable[str]]:
        """A field of the data, and the codes in it of areas that must lie below the record's own."""
        return "", ()


class Opening(Said):
    """A record that opens a matter of its own: what is said of it later gives its number, and a correction of it keeps that."""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return str(corrects or event_id)


@dataclass(frozen=True)
class Shape:
    """One field of a kind, taken apart: for forms, docs and checks."""

    name: str
    type: Any
    required: bool
    field: Field
    is_moment: bool
    is_integer: bool


@dataclass(frozen=True)
class Kind:
    """A sort of thing that can be said, and all that follows for it.

    needs, may: references that are required, that are usual. retention: the class under which the policy pack ends its keeping.
    whereabouts: lists of it never lead from a place to people or back. feature: the pack's feature without which it is not shown.
    by_form: whether the form that is drawn for every kind may record it, and put it right; not where a screen of its own asks more.
    by_phone: whether the devices' door takes it; not where only a screen can ask what has to be asked before.
    """

    name: str
    label: Text
    said: type[Said]
    retention: Retention
    needs: tuple[Reference, ...] = ()
    needs_one_of: tuple[Reference, ...] = ()
    may: tuple[Reference, ...] = ()
    whereabouts: bool = False
    feature: str = ""
    by_form: bool = True
    by_phone: bool = True
    examples: tuple[dict[str, Any], ...] = field(default=(), hash=False)

    @property
    def measure(self) -> str:
        """The measure that the kind belongs to: its name before the dot."""
        return self.name.split(".")[0]

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The fields of the data in their order."""
        hints = get_type_hints(self.said, include_extras=True)
        return tuple(_shape(info, hints[info.name]) for info in msgspec.structs.fields(self.said))

    @cached_property
    def personal(self) -> frozenset[str]:
        """The fields (as the wire names them) that are stored encrypted."""
        return frozenset(shape.name for shape in self.shapes if shape.field.privacy == "personal")

    @cached_property
    def open(self) -> frozenset[str]:
        """The fields (as the wire names them) that are stored as they are; what no shape names is encrypted."""
        return frozenset(shape.name for shape in self.shapes) - self.personal

    @cached_property
    def integers(self) -> frozenset[str]:
        """The fields that are whole numbers."""
        return frozenset(shape.name for shape in self.shapes if shape.is_integer)

    @cached_property
    def moments(self) -> frozenset[str]:
        """The fields that are times or days."""
        return frozenset(shape.name for shape in self.shapes if shape.is_moment)


_kinds: dict[str, Kind] = {}
_names: dict[type[Said], str] = {}
_measures: dict[str, Text] = {}
SaidType = TypeVar("SaidType", bound=type[Said])


def kind(name: str, label: Text, **rest: Any) -> Callable[[SaidType], SaidType]:
    """Class decorator that declares a kind; see `Kind` for what it takes. Raises TypeError where the declaration is incomplete."""

    def declare(said: SaidType) -> SaidType:
        if name in _kinds:
            raise TypeError(f"The kind {name} is declared twice.")
        if rest.get("retention") not in get_args(Retention):
            raise TypeError(f"{name}: retention must be one of {', '.join(get_args(Retention))}.")
        declared = Kind(name=name, label=label, said=said, **rest)
        unclassed = [key for key, hint in get_type_hints(said, include_extras=True).items() if _field(hint) is None]
        if unclassed:
            raise TypeError(f"{name}: fields without a Field(label, privacy): {', '.join(unclassed)}.")
        _kinds[name] = declared
        _names[said] = name
        return said

    return declare


def kinds() -> Mapping[str, Kind]:
    """All kinds by name."""
    return _kinds


def name_measure(measure: str, label: Text, *, part: bool = False) -> None:
    """Says what people call a measure, for whoever shows kinds and cannot know the measures. The label of a part of it holds only
    where the measure itself is never named."""
    _measures[measure] = _measures.get(measure, label) if part else label


def measure_label(measure: str) -> Text:
    """What people call the measure; its bare name where nobody has said."""
    return _measures.get(measure) or Text(measure, measure)


@cache
def names(*said: type[Said]) -> tuple[str, ...]:
    """The wire names of declared classes."""
    return tuple(_names[each] for each in said)


def _shape(info: msgspec.structs.FieldInfo, hint: Any) -> Shape:
    parts = tuple(_parts(hint))
    return Shape(
        name=info.encode_name,
        type=hint,
        required=info.required,
        field=_field(hint) or Field(Text(info.name, info.name)),
        is_moment=any(isinstance(part, Moment) for part in parts),
        is_integer=int in parts,
    )


def _parts(hint: Any) -> Iterable[Any]:
    yield hint
    for part in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        if part is not hint and not isinstance(part, str):
            yield from _parts(part)


def _field(hint: Any) -> Field | None:
    return next((part for part in _parts(hint) if isinstance(part, Field)), None)


@kind(
    "ledger.voided",
    Text("Record withdrawn", "记录作废"),
    retention="open",
    may=REFERENCES,
    by_form=False,
    examples=({"reason": "重复登记"},),
)
class Voided(Said):
    """A record was wrong and is withdrawn; what it had replaced does not come back."""

    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")]

    def check(self) -> None:
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the record is withdrawn.", "请填写作废原因。"))
