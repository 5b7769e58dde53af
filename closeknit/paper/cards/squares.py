"""The square of dots on a card or a poster: the address of the residents' pages with the code."""

import segno
from django.utils.safestring import SafeString, mark_safe


def square(server: str, code: str) -> SafeString:
    """The picture as part of a page."""
    drawn = segno.make(f"{server}/r/{code}/", error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 segno draws it
