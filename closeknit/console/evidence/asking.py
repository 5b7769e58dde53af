"""What an address of a report asks for: which day."""

from datetime import date

from django.http import Http404

from closeknit.kit import clock


def asked_day(text: str) -> date:
    """A day in an address; what is none does not exist."""
    try:
        return clock.read_day(text)
    except ValueError:
        raise Http404 from None
