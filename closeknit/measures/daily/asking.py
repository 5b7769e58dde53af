"""What an address asks for: which day, of which area, in whose name."""

from datetime import date

from django.http import HttpRequest

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.evidence.asking import asked_day
from closeknit.kit import clock
from closeknit.reports.windows import day_of


def shown_day(request: HttpRequest, area: str) -> date:
    """The day of the query, else the one that is going on."""
    return asked_day(request.GET["day"]) if request.GET.get("day") else day_of(area, clock.now())


def here(area: str) -> Area:
    """The area, which the gate has already found in the reader's scope."""
    found: Area = Area.objects.current().get(code=area)
    return found


def by(account: Account) -> str:
    """In whose name an account records."""
    return account.member or account.username
