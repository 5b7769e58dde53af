"""In whose hands a phone is when it brings records: what the clerk should look at is marked, and nothing is refused for it."""

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


def by_phone(push: Push, device: Device | None) -> Push:
    """The push, with what is known of the phone that made its records; None for one that is not known any more."""
    member = Member.objects.current().filter(code=push.member).values_list("role", "area").first()
    if member is None:
        return replace(push, hand=Hand())
    role, area = member
    here = device is None or Area.objects.below(device.area).filter(code=area).exists()
    return replace(push, hand=Hand(() if here else (OTHER_PHONE,), None if role == HELPER else usual(role)))


@lru_cache(maxsize=256)
def usual(role: str) -> frozenset[str]:
    """The kinds that a role's work brings with it, whatever pack is in force. Who helps for a shift has the work of a post: not asked."""
    own = WORK_OF.get(role, WORK_OF["others"])
    return frozenset({VOIDED, *(kind.name for kind in kinds().values() if not set(own).isdisjoint(works(kind)))})
