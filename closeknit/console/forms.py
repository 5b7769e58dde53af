"""A form drawn from declared fields: it asks, reads what was answered, says what must change, and keeps what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.timezone import localtime

from closeknit.console.answers import READERS, Unreadable
from closeknit.kit.text import Text

Words = Text | str
BUTTONS_UP_TO = 7

MISSING = Text("Fill in “{label}”.", "请填写“{label}”。")
UNCHOSEN = Text("Choose one: “{label}”.", "请选择“{label}”。")


@dataclass(frozen=True)
class FormField:
    """One question. `minimum` and `maximum` bound a number, a date (ISO) or the length of a text."""

    name: str
    label: Words
    type: str = "text"
    required: bool = False
    choices: Sequence[tuple[str, Words]] = ()
    unit: Words = ""
    help: Words = ""
    minimum: float | str | None = None
    maximum: float | str | None = None
    autocomplete: str = "off"

    def __post_init__(self) -> None:
        if self.type not in READERS:
            raise ValueError(f"The field {self.name!r} has the type {self.type!r}; there are {', '.join(READERS)}.")
        if self.type == "choice" and not self.choices:
            raise ValueError(f"The field {self.name!r} is a choice of nothing: give it choices.")


@dataclass(frozen=True)
class Asked:
    """A field as it stands in one form: with what was typed and what is wrong with it."""

    field: FormField
    typed: Any
    error: Words | None = None

    @property
    def id(self) -> str:
        return f"f-{self.field.name}"

    @property
    def described_by(self) -> str:
        """The ids of the help and the error, for those who hear the page."""
        ids = [f"{self.id}-help"] if self.field.help else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)

    @property
    def widget(self) -> str:
        """The template that draws it."""
        if self.field.choices and self.field.type == "list":
            return "console/form/checks.html"
        if self.field.type == "choice":
            buttons = self.field.required and len(self.field.choices) <= BUTTONS_UP_TO
            return "console/form/buttons.html" if buttons else "console/form/select.html"
        return {"boolean": "console/form/check.html", "long_text": "console/form/lines.html", "list": "console/form/lines.html"}.get(
            self.field.type, "console/form/line.html"
        )

    @property
    def input_type(self) -> str:
        return {"date": "date", "datetime": "datetime-local", "password": "password"}.get(self.field.type, "text")

    @property
    def input_mode(self) -> str:
        return {"integer": "numeric", "number": "decimal"}.get(self.field.type, "")

    @property
    def is_group(self) -> bool:
        """Whether it is several controls under one legend."""
        return self.widget in {"console/form/buttons.html", "console/form/checks.html"}

    @property
    def options(self) -> list[tuple[str, Words, bool]]:
        chosen = self.typed if isinstance(self.typed, list) else [str(self.typed)]
        return [(value, label, value in chosen) for value, label in self.field.choices]


def _as_typed(field: FormField, value: Any) -> Any:
    """A value as somebody would have typed it."""
    if value is None:
        return [] if field.type == "list" and field.choices else ""
    if isinstance(value, datetime):
        return (localtime(value) if value.tzinfo else value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if field.type == "list":
        return [str(one) for one in value] if field.choices else "\n".join(str(one) for one in value)
    return value if isinstance(value, bool) else str(value)


class Form:
    """Fields, asked once. Without `data` it shows `initial`; with it, it reads and judges the answers."""

    template: ClassVar[str] = "console/form/form.html"

    def __init__(self, fields: Sequence[FormField], data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        self.fields, self.data, self.initial = list(fields), data, dict(initial or {})
        self.values: dict[str, Any] = {}
        self.errors: dict[str, Words] = {}
        if data is not None:
            for field in self.fields:
                self._read(field, data)

    def _read(self, field: FormField, data: QueryDict) -> None:
        raw = data.getlist(field.name)
        try:
            value = READERS[field.type](field, raw)
        except Unreadable as trouble:
            self.errors[field.name] = trouble.text
            return
        self.values[field.name] = value
        if field.required and (value is None or value == "" or value == []):
            self.errors[field.name] = (UNCHOSEN if field.choices else MISSING).format(label=field.label)

    def valid(self) -> bool:
        """Whether there are answers, and none that must change."""
        return self.data is not None and not self.errors

    def refuse(self, name: str, text: Words) -> None:
        """Say beside a field why its answer cannot be taken; with a name that no field has, at the head of the form."""
        self.errors[name] = text

    @property
    def asked(self) -> list[Asked]:
        return [Asked(field, self._typed(field), self.errors.get(field.name)) for field in self.fields]

    def _typed(self, field: FormField) -> Any:
        if self.data is None:
            return _as_typed(field, self.initial.get(field.name))
        if field.type == "list" and field.choices:
            return self.data.getlist(field.name)
        if field.type == "boolean":
            return bool(self.data.get(field.name))
        return "" if field.type == "password" else self.data.get(field.name, "")

    @property
    def general_errors(self) -> list[Words]:
        names = {field.name for field in self.fields}
        return [text for name, text in self.errors.items() if name not in names]
