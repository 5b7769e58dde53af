"""Making cards and posters, ending them, and opening a page by the code that stands on one."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.paper.cards import codes
from closeknit.paper.models import PageUse, ResidentCard
from closeknit.policy.packs import policy


def issue(households: Iterable[tuple[str, str]], *, by: str) -> list[ResidentCard]:
    """Cards for those of the households (code and area) that have none; those that were made now."""
    with transaction.atomic():
        wanted = dict(households)
        having = set(standing().filter(household__in=wanted).values_list("household", flat=True))
        made = [_made(ResidentCard.Kind.CARD, area, by, household=code) for code, area in wanted.items() if code not in having]
        ResidentCard.objects.bulk_create(made, batch_size=500)
    return made


def put_up(area: str, *, place: str, by: str, entrance: str = "") -> ResidentCard:
    """A poster for an area, for a place in it or an entrance of that; the one that hangs there already where there is one."""
    with transaction.atomic():
        hanging = posters().filter(area=area, place=place, entrance=entrance, revoked_at=None).first()
        if hanging is None:
            hanging = _made(ResidentCard.Kind.POSTER, area, by, place=place, entrance=entrance)
            hanging.save(force_insert=True)
        return hanging


def revoke(card: ResidentCard, *, by: str) -> bool:
    """From now on the code opens nothing. False where it opened nothing already."""
    return bool(ResidentCard.objects.filter(pk=card.pk, revoked_at=None).update(revoked_at=clock.now(), revoked_by=by))


def note_printed(cards: Iterable[ResidentCard], *, by: str) -> None:
    """The cards were put on paper."""
    ResidentCard.objects.filter(pk__in=[card.pk for card in cards]).update(printed_at=clock.now(), printed_by=by)


def standing() -> QuerySet[ResidentCard]:
    """The cards of households that open something."""
    return ResidentCard.objects.filter(kind=ResidentCard.Kind.CARD, revoked_at=None)


def posters() -> QuerySet[ResidentCard]:
    """All posters."""
    return ResidentCard.objects.filter(kind=ResidentCard.Kind.POSTER)


def opened_by(code: str) -> ResidentCard | None:
    """The card or poster of a code as somebody typed it; None for one that is wrong, unknown or revoked: the same work for each."""
    return ResidentCard.objects.filter(code_digest=codes.digest(codes.read(code) or code[:80]), revoked_at=None).first()


def count_use(area: str, what: str) -> None:
    """One more use of a page on this day in this area: a number, and of whom is kept nowhere."""
    day = clock.now().astimezone(policy(area).timezone).date()
    row, _ = PageUse.objects.get_or_create(area=area, day=day, what=what, defaults={"number": 0})
    PageUse.objects.filter(pk=row.pk).update(number=F("number") + 1)


def _made(kind: ResidentCard.Kind, area: str, by: str, **rest: str) -> ResidentCard:
    number = uuid7()
    card = ResidentCard(id=number, number=number.hex[-12:].upper(), kind=kind.value, area=area, issued_at=clock.now(), issued_by=by, **rest)
    card.code_digest = codes.digest(codes.code_of(card))
    return card
