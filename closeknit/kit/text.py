"""Texts that people see, written in Chinese and English at once, shown in the reader's language."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext


class _English(Formatter):
    """Fills names in; `{n:s}` is the s of the plural: nothing behind one."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        if format_spec == "s":
            return "" if str(value) == "1" else "s"
        return super().format_field(value, format_spec)


class Text(Promise):
    """A text in both languages; `str()` gives the active one. A third language comes from a gettext catalogue keyed by the English text.

    >>> str(Text("{n} door{n:s} left", "还有 {n} 户", n=1))  # under English
    '1 door left'
    """

    __slots__ = ("en", "values", "zh")

    def __init__(self, en: str, zh: str, **values: Any) -> None:
        self.en, self.zh, self.values = en, zh, values

    def __str__(self) -> str:
        language = get_language() or "zh-hans"
        pattern = self.en if language == "en" else self.zh if language.startswith("zh") else gettext(self.en)
        return self._filled(pattern, self.values)

    def __repr__(self) -> str:
        return f"Text({self.en!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.en, self.zh, self.values) == (other.en, other.zh, other.values)

    def __hash__(self) -> int:
        return hash((self.en, self.zh))

    def __html__(self) -> str:
        from django.utils.html import escape  # only where a page is rendered

        return escape(str(self))

    def format(self, **values: Any) -> "Text":
        """The same text with its `{names}` filled in when it is shown."""
        return Text(self.en, self.zh, **{**self.values, **values})

    def of(self, language: str) -> str:
        """The text in a language of one's choice, and so what is filled in: 'en' or 'zh-hans'."""
        values = {name: value.of(language) if isinstance(value, Text) else value for name, value in self.values.items()}
        return self._filled(self.en if language == "en" else self.zh, values)

    @staticmethod
    def _filled(pattern: str, values: Mapping[str, Any]) -> str:
        if not values:
            return pattern
        return _English().vformat(pattern, (), values) if ":s}" in pattern else pattern.format(**values)


class Refusal(Exception):
    """Something cannot be taken or done; `text` says why and what to do instead. Its own message is the English one with nothing filled
    in, so that no log holds what somebody typed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class FieldRefusal(Refusal):
    """A refusal that stands beside a field."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text)
        self.field = field

    def __str__(self) -> str:
        return f"{self.field}: {self.text.en}"
