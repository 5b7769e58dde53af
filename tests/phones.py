"""A phone, its card and its code in the small county, for the tests that walk through every address."""

from datetime import timedelta
from uuid import UUID

from closeknit.kit import clock
from closeknit.registry.models import Member
from closeknit.sync.models import Card, Device, Invitation, digest
from tests.town import WEST

PHONE = "D-7K3M2"
CARD, CODE = UUID(int=1), UUID(int=2)


def a_phone() -> Device:
    """An enrolled phone of the western village, with the card and the used code of its worker."""
    now, worker = clock.now(), Member.objects.current().get(code="W1")
    card = Card.objects.create(
        id=CARD, kind=Card.Kind.MEMBER, member="W1", name=worker.name, role=worker.role, area=WEST, until=now + timedelta(days=90),
        made_at=now, made_by="ben",
    )  # fmt: skip
    Invitation.objects.create(
        id=CODE, code_digest=b"code", area=WEST, card=card, made_at=now, made_by="ben", expires_at=now, used_at=now, device=PHONE
    )
    return Device.objects.create(
        code=PHONE, token_digest=digest("token"), label="Chrome on Android", member="W1", area=WEST, enrolled_at=now, enrolled_by="ben"
    )
