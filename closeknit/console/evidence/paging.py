"""Paging through many rows, fifty at a time; the page stands in the address."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest

ON_A_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """One page of many rows; `url` is the address up to the page's number."""

    number: int
    total: int
    url: str

    @property
    def start(self) -> int:
        return (self.number - 1) * ON_A_PAGE

    @property
    def stop(self) -> int:
        return self.start + ON_A_PAGE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))

    @property
    def before(self) -> str:
        return f"{self.url}page={self.number - 1}" if self.number > 1 else ""

    @property
    def after(self) -> str:
        return f"{self.url}page={self.number + 1}" if self.number < self.last else ""


def pages(request: HttpRequest, total: int) -> Pages:
    """The page that the query asks for; one beyond the last is the last."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise BadRequest("page")
    query = request.GET.copy()
    query.pop("page", None)
    found = Pages(max(1, int(text)), total, f"?{query.urlencode()}&" if query else "?")
    return Pages(min(found.number, found.last), total, found.url)
