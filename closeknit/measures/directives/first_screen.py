"""What the recipient's first screen says: directives that the reader's area has not read, or has not carried out yet."""

from typing import Any

from django.http import HttpRequest

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.measures.directives.listing import Line, lines

OPEN = ("late", "unread", "act_late", "cannot", "waiting")


def on_home(request: HttpRequest) -> dict[str, Any] | None:
    """The open directives of the reader's own area, the latest first; None where nothing is owed."""
    account = request.user
    row = Area.objects.current().filter(code=account.area).first() if isinstance(account, Account) and account.area else None
    if row is None:
        return None
    owed: list[Line] = [line for line in lines(row, clock.now()) if line.own and line.own.state in OPEN]
    return {"owed_directives": owed} if owed else None
