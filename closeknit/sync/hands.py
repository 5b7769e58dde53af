"""In whose hands a phone is when it brings records: what the clerk should look at is marked, and nothing is refused for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from closeknit.areas.models import Area
from closeknit.ledger.insertion import VOIDED
from closeknit.ledger.kinds import kinds
from closeknit.ledger.wire import Hand, Push
from closeknit.registry.models import Member
from closeknit.sync.assignment.work import WORK_OF, works
from closeknit.sync.enrolment.cards import HELPER
from closeknit.sync.models import Device

OTHER_PHONE = "other_phone"  # the member does not work where the phone may be handed about


def by_phones(brought: Sequence[tuple[Push, Device | None]]) -> list[Push]:
    """The pushes, each with what is known of the phone that made its records (None: not known any more); two statements for all."""
    names = frozenset(push.member for push, _ in brought)
    members = {
        code: (role, area) for code, role, area in Member.objects.current().filter(code__among=names).values_list("code", "role", "area")
    }
    areas = frozenset(area for _, area in members.values())
    paths = dict(Area.objects.current().filter(code__among=areas).values_list("code", "path"))
    return [replace(push, hand=_hand(members.get(push.member), device, paths)) for push, device in brought]


def _hand(member: tuple[str, str] | None, device: Device | None, paths: Mapping[str, str]) -> Hand:
    if member is None:
        return Hand()
    role, area = member
    here = device is None or f"/{device.area}/" in paths.get(area, "")
    return Hand(() if here else (OTHER_PHONE,), None if role == HELPER else usual(role))


@lru_cache(maxsize=256)
def usual(role: str) -> frozenset[str]:
    """The kinds that a role's work brings with it, whatever pack is in force. Who helps for a shift has the work of a post: not asked."""
    own = WORK_OF.get(role, WORK_OF["others"])
    return frozenset({VOIDED, *(kind.name for kind in kinds().values() if not set(own).isdisjoint(works(kind)))})
