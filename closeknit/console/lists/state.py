"""A list's state as the URL has it: words, filters, order, page, columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from closeknit.console.lists.columns import Column, Filter
from closeknit.kit import clock

OWN = ("q", "sort", "page", "cols", "col", "as")
LONGEST = 100


@dataclass(frozen=True)
class State:
    """What is asked of a list. `others` are parameters of the screen itself, which every link carries on."""

    words: str = ""
    sort: str = ""
    page: int = 1
    columns: tuple[str, ...] = ()
    filters: dict[str, Any] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()

    def query(self, **changes: Any) -> str:
        """The query of the same list with something changed, `?…`; a change of anything but the page goes back to the first page."""
        changed = {"q": self.words, "sort": self.sort, "cols": ",".join(self.columns), **self.flat()}
        changed |= {name: value for name, value in changes.items() if name not in {"page"}}
        page = changes.get("page", 1 if changes else self.page)
        pairs = [*self.others, *((name, str(value)) for name, value in changed.items() if value)]
        if page and page != 1:
            pairs.append(("page", str(page)))
        return f"?{urlencode(pairs)}" if pairs else "?"

    def flat(self) -> dict[str, str]:
        """The filters by the names that the URL has for them."""
        flat: dict[str, str] = {}
        for name, value in self.filters.items():
            if isinstance(value, tuple):
                flat |= {f"{name}_from": value[0], f"{name}_to": value[1]}
            else:
                flat[name] = value
        return flat

    @property
    def is_narrowed(self) -> bool:
        """Whether words or filters leave rows out."""
        return bool(self.words or any(value if isinstance(value, str) else any(value) for value in self.filters.values()))


def read(query: QueryDict, columns: Sequence[Column], filters: Sequence[Filter], *, order: str) -> State:
    """The state of a query; what it does not know is passed over, a wrong value counts as none."""
    names = {column.name for column in columns}
    sort = query.get("sort", order)
    chosen = tuple(name for name in [*query.getlist("col"), *query.get("cols", "").split(",")] if name in names)
    taken = {each for one in filters for each in (one.name, f"{one.name}_from", f"{one.name}_to")} | set(OWN)
    return State(
        words=query.get("q", "").strip()[:LONGEST],
        sort=sort if sort.lstrip("-") in names else order,
        page=_page(query.get("page", "1")),
        columns=chosen,
        filters={one.name: value for one in filters if (value := _chosen(one, query)) is not None},
        others=tuple((name, value) for name, value in query.items() if name not in taken and isinstance(value, str)),
    )


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < int(text) < 10**6 else 1


def _day(text: str) -> str:
    try:
        return clock.read_day(text).isoformat()
    except ValueError:
        return ""


def _chosen(one: Filter, query: QueryDict) -> Any:
    if one.type == "days":
        days = tuple(_day(query.get(f"{one.name}_{end}", "")) for end in ("from", "to"))
        return days if any(days) else None
    value = query.get(one.name, one.standing)[:LONGEST]
    if one.type == "choice":
        return value if value in {str(option) for option, _ in one.options()} or (value == "" and one.standing) else one.standing or None
    if one.type == "flag":
        return "1" if value == "1" else None
    return value or None
