"""Reckoning with days: so many months or years before one."""

import calendar
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=256)
def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for 29 February."""
    return months_before(day, years * 12)
