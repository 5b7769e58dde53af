"""Tries to see a result with a household's card: so many a person and day, counted in the database, open again by a clerk or tomorrow."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import F, QuerySet

from closeknit.kit import clock
from closeknit.kit.sealing import blind
from closeknit.ledger.expiry import goes_with
from closeknit.paper.models import ResultTries
from closeknit.policy.packs import policy
from closeknit.registry.searching import plain


@dataclass(frozen=True)
class Try:
    """One try that was granted; `right()` takes it back, since only wrong ones count."""

    row: ResultTries

    def right(self) -> None:
        """The answers were right."""
        ResultTries.objects.filter(pk=self.row.pk, wrong__gt=0).update(wrong=F("wrong") - 1)


def spend(household: str, name: str, *, area: str, person: str) -> Try | None:
    """Uses one of the day's tries of the name in the household; None where they are used up. A name that nobody there bears has as
    many, so that nobody learns which names are right. Each step is one statement: of many at once no more are granted."""
    pack = policy(area)
    row, _ = ResultTries.objects.get_or_create(
        household=household,
        name_index=blind(f"{household}\x00{plain(name)}", purpose="result-tries"),
        day=clock.now().astimezone(pack.timezone).date(),
        defaults={"area": area, "person": person, "wrong": 0, "last_at": clock.now()},
    )
    standing = ResultTries.objects.filter(pk=row.pk, wrong__lt=limit(area))
    return Try(row) if standing.update(wrong=F("wrong") + 1, last_at=clock.now()) else None


def opens_again(area: str) -> datetime:
    """When a new day's tries begin."""
    zone = policy(area).timezone
    tomorrow = clock.now().astimezone(zone).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)


def locked() -> QuerySet[ResultTries]:
    """Whose tries of today are used up."""
    pack = policy()
    today: date = clock.now().astimezone(pack.timezone).date()
    return ResultTries.objects.filter(day=today, wrong__gte=limit(""))


def limit(area: str) -> int:
    """How many wrong tries the pack allows a person and day."""
    return int(policy(area).get("residents.tries_a_day"))


def open_again(household: str) -> int:
    """Gives a household new tries today; how many persons were shut out."""
    return locked().filter(household=household).update(wrong=0)


@goes_with(partial(str, "health"))
def forget(until: datetime) -> None:
    """Counts of days that are over are of no use to anybody."""
    ResultTries.objects.filter(last_at__lt=until).delete()
