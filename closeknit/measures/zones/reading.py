"""All zones as their standing records tell them, as known at a time; and those that touch an area."""

from datetime import datetime

from django.http import Http404

from closeknit.access.models import Account
from closeknit.ledger.kinds import kinds
from closeknit.ledger.queries import standing
from closeknit.measures.zones.living import Living, living
from closeknit.measures.zones.zone import STEPS, Zone, fold


def all_zones(*, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Zone]:
    """Every zone by number, from the records before `until` (None: with all that stands); one statement."""
    said = standing(*(kinds()[name].said for name in STEPS), as_of=as_of).defer("personal", "digest")
    return fold(said.filter(at__lt=until) if until else said)


def touching(area: str, at: datetime, *, until: datetime | None = None, as_of: datetime | None = None) -> tuple[list[Zone], Living]:
    """The zones that touch an area, and who of it lives where their orders of this moment hold."""
    known = all_zones(until=until, as_of=as_of)
    lives = living([(zone, zone.shown(at)) for zone in known.values()], area, until=until, as_of=as_of)
    return [zone for zone in known.values() if zone.number in lives.touched], lives


def zone_of(account: Account, number: str, at: datetime) -> tuple[Zone, Living]:
    """The zone and who of the account's area lives in it. Raises Http404 where there is none that touches the account's area."""
    zone = all_zones().get(number)
    if zone is None or not account.area:
        raise Http404
    lives = living([(zone, zone.shown(at))], account.area)
    if number not in lives.touched:
        raise Http404
    return zone, lives
