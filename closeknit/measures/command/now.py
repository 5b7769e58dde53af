"""Which moment the board shows: this one, the one asked for in the address, or that of the last record where all records are old."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy


@dataclass(frozen=True)
class BoardNow:
    """The moment shown. how: live, asked, or last (as at the last record)."""

    now: datetime
    known_at: datetime | None
    how: str
    last: datetime | None
    request: HttpRequest = field(compare=False, repr=False)

    @property
    def as_of(self) -> datetime | None:
        """What was known by then counts; None: all that is known. A page that never asks cannot look back, and its frame says so."""
        self.request.looks_back = True  # type: ignore[attr-defined]
        return self.known_at


def board_now(request: HttpRequest, policy: Policy) -> BoardNow:
    """`?at=` is an ISO time, local where it has no offset; `?at=now` insists on this moment."""
    now = clock.now()
    last = Event.objects.order_by("-arrival").values_list("received_at", flat=True).first()
    asked = request.GET.get("at", "").strip()
    if asked and asked != "now":
        moment = min(read(asked, policy), now)
        return BoardNow(moment, moment, "asked", last, request)
    return BoardNow(
        *chosen(now, last, timedelta(days=float(policy.get("command.stale_after_days"))), insists=asked == "now"), last, request
    )


def chosen(now: datetime, last: datetime | None, stale: timedelta, *, insists: bool) -> tuple[datetime, None, str]:
    """This moment; that of the last record where it is older than `stale` and nobody insists."""
    if last is not None and now - last > stale and not insists:
        return last, None, "last"
    return now, None, "live"


def read(text: str, policy: Policy) -> datetime:
    """The moment that an address names. Raises BadRequest where it names none."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        raise BadRequest("at") from None
    if not clock.can_be_meant(moment):
        raise BadRequest("at")
    return moment if moment.tzinfo else moment.replace(tzinfo=policy.timezone)
