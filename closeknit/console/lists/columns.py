"""What a list is made of: columns and filters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, QuerySet

from closeknit.kit.text import Text

Words = Text | str
Rows = QuerySet[Any] | Sequence[Any]
Phone = Literal["title", "end", "line", "hide", "wide"]


@dataclass(frozen=True)
class Column:
    """A column. `value` gives what the cell shows: words, a number, a time, or a part (Badge, Progress).

    sort: field names for a queryset, or a key function for rows in memory; without it the column cannot be sorted. export: what goes
    into a file where that differs. phone: its place in the card that a row becomes on a phone. hidden: shown only when chosen.
    file_only: stands in files and never on the page.
    """

    name: str
    heading: Words
    value: Callable[[Any], Any]
    sort: Sequence[str] | Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    number: bool = False
    export: Callable[[Any], Any] | None = None
    phone: Phone = "line"
    hidden: bool = False
    file_only: bool = False

    @property
    def css(self) -> str:
        """The classes of its cells."""
        return f"{'num ' if self.number else ''}{'wide-cell' if self.phone == 'wide' else f'phone-{self.phone}'}"


@dataclass(frozen=True)
class Filter:
    """A filter. `narrow` gives the rows that remain for a chosen value; `choices` are (value, label), fixed or asked of the rows.

    type: choice, text, flag (a box), days (from and to; `narrow` gets a pair of ISO days, either may be empty). standing: the value
    where the URL says nothing.
    """

    name: str
    label: Words
    narrow: Callable[[Any, Any], Any]
    type: Literal["choice", "text", "flag", "days"] = "choice"
    choices: Sequence[tuple[str, Words]] | Callable[[], Sequence[tuple[str, Words]]] = ()
    standing: str = ""

    def options(self) -> list[tuple[str, Words]]:
        """The choices as they stand now."""
        return list(self.choices() if callable(self.choices) else self.choices)


def equals(field: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A filter's `narrow`: the field equals the value."""
    return lambda rows, value: rows.filter(**{field: value})


def between_days(field: str) -> Callable[[QuerySet[Any], tuple[str, str]], QuerySet[Any]]:
    """A filter's `narrow`: the field's local day lies between two days, either of which may be open."""

    def narrow(rows: QuerySet[Any], days: tuple[str, str]) -> QuerySet[Any]:
        first, last = days
        rows = rows.filter(**{f"{field}__date__gte": first}) if first else rows
        return rows.filter(**{f"{field}__date__lte": last}) if last else rows

    return narrow


def where(function: Callable[[Any, str], bool]) -> Callable[[Iterable[Any], str], list[Any]]:
    """A filter's `narrow` for rows in memory: those for which the function says yes."""
    return lambda rows, value: [row for row in rows if function(row, value)]


def words_in(*fields: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A search over a queryset: each word stands in one of the fields."""

    def narrow(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        for word in text.split()[:5]:
            some = Q()
            for field in fields:
                some |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(some)
        return rows

    return narrow


def words_said(said: Callable[[Any], Iterable[Any]]) -> Callable[[Iterable[Any], str], list[Any]]:
    """A search over rows in memory: each word stands in one of the things that a row says."""

    def narrow(rows: Iterable[Any], text: str) -> list[Any]:
        words = text.casefold().split()[:5]
        return [row for row in rows if all(word in " ".join(str(each) for each in said(row)).casefold() for word in words)]

    return narrow
