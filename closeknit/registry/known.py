"""The register's answer to the ledger: which of these codes are known."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.kit.once import once_a_page, once_for_all
from closeknit.ledger.models import Event
from closeknit.ledger.register import Asked, Known
from closeknit.registry.models import Alias, Household, Member, Person, Place

FOUND = "found:"
FEW = 20_000  # so many are asked for by name; of more, all that was said is read


def known(asked: Asked) -> Known:
    """Which codes stand, or once stood, in the register: a phone in a valley may not know yet that a household has moved."""
    paths = dict(Area.objects.current().filter(code__among=frozenset(asked.area)).values_list("code", "path"))
    answer = Known(area=set(paths), paths=paths)
    if asked.member:
        answer.member_area = dict(Member.objects.current().filter(code__among=frozenset(asked.member)).values_list("code", "area"))
    if asked.place:
        answer.place = set(Place.objects.current().filter(code__among=frozenset(asked.place)).values_list("code", flat=True))
    if asked.household:
        answer.household = set(Household.objects.filter(code__among=frozenset(asked.household)).values_list("code", flat=True))
    if asked.person:
        answer.person = set(Person.objects.filter(code__among=frozenset(asked.person)).values_list("code", flat=True))
    if asked.household or asked.person:
        _other_names(asked, answer)
        _found([*asked.household, *asked.person], answer)
    return answer


def _other_names(asked: Asked, answer: Known) -> None:
    codes = frozenset({*asked.household} - answer.household | {*asked.person} - answer.person)
    for reference, code in Alias.objects.filter(code__among=codes).values_list("reference", "code"):
        answer.add(reference, code)


def _found(codes: Iterable[str], answer: Known) -> None:
    ids = [event_id for event_id in map(found_id, codes) if event_id]
    if not ids:
        return
    for event_id, what in Event.objects.filter(id__among=frozenset(ids), kind="registry.found").values_list("id", "data__what"):
        answer.add(what, f"{FOUND}{event_id}")


def found_id(code: str) -> UUID | None:
    """The event by which somebody of this code was found; None where the code is no `found:` code."""
    if not code.startswith(FOUND):
        return None
    try:
        return UUID(code.removeprefix(FOUND))
    except ValueError:
        return None


def canonical(reference: str, codes: Iterable[str]) -> Mapping[str, str]:
    """Other names and the codes for which they stand, for those of the codes that are other names."""
    return _canonical(reference, frozenset(codes))


@once_a_page
def _canonical(reference: str, codes: frozenset[str]) -> Mapping[str, str]:
    names: dict[str, str] = {}
    pending = set(codes)
    while pending:
        rows = _one_each(Alias.objects.filter(reference=reference, withdrawn_at__isnull=True, code__among=frozenset(pending)))
        names.update(rows)
        pending = set(rows.values()) - names.keys()
    return {code: _end(code, names) for code in names}


def ever_named(reference: str, codes: Iterable[str]) -> set[str]:
    """These codes, and all of everybody who ever bore one of them: a merge that was taken back changes both sides."""
    return set(_ever_named(reference, frozenset(codes)))


@once_a_page
def _ever_named(reference: str, codes: frozenset[str]) -> set[str]:
    found = set(codes)
    pending = set(found)
    while pending:
        asked = frozenset(pending)
        rows = Alias.objects.filter(Q(code__among=asked) | Q(canonical__among=asked), reference=reference)
        pending = {code for row in rows.values_list("code", "canonical") for code in row} - found
        found |= pending
    return found


@once_for_all
def names_as_of(reference: str, as_of: datetime | None) -> Mapping[str, str]:
    """All other names and the codes for which they stood, as known at `as_of` (None: now)."""
    rows = Alias.objects.filter(reference=reference)
    if as_of is None:
        rows = rows.filter(withdrawn_at__isnull=True)
    else:
        rows = rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of), learned_at__lte=as_of)
    names = _one_each(rows)
    return {code: _end(code, names) for code in names}


def about(events: QuerySet[Event], reference: str, codes: Iterable[str], names: Mapping[str, str]) -> QuerySet[Event]:
    """Those of the events that name one of these households or persons, by whatever name; where these are many, all of the events."""
    wanted = set(codes)
    if len(wanted) > FEW:
        return events
    other = {code for code, end in names.items() if end in wanted}
    return events.filter(**{f"{reference}__among": frozenset(wanted | other)})


def _one_each(rows: QuerySet[Alias]) -> dict[str, str]:
    """The name for which each code stands: a merge before a correction of the find, the one learned last before others."""
    said = sorted(
        rows.values_list("learned_at", "event", "code", "canonical"), key=lambda row: (not row[3].startswith(FOUND), row[0], str(row[1]))
    )
    return {code: canonical for _, _, code, canonical in said}


def _end(code: str, names: Mapping[str, str]) -> str:
    seen = {code}
    while (follower := names.get(code)) and follower not in seen:
        seen.add(follower)
        code = follower
    return code
