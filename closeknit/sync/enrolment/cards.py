"""Cards: made, signed for phones to check without a network, read back, and withdrawn."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import transaction

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.registry.models import Member, Place
from closeknit.sync.enrolment.keys import NUMBER, decoded, encoded, pair
from closeknit.sync.models import Card

MARK = "CKC1"
DAYS = 180  # a member's card holds so long
RENEWED_BEFORE = timedelta(days=30)  # a new one is made where the old one ends sooner
LONGEST = 2_000
HELPER = "volunteer"


class Forged(Exception):
    """A text that is no card of this server, or was altered."""


def text_of(card: Card) -> str:
    """The card as phones and paper have it. The same card always gives the same text."""
    told = {
        "i": card.id.hex, "k": card.kind, "m": card.member, "n": card.name, "r": card.role, "a": card.area, "p": card.place,
        "t": card.until.isoformat(),
    }  # fmt: skip
    head = f"{MARK}.{encoded(msgspec.json.encode(told))}"
    r, s = decode_dss_signature(pair("signing").sign(head.encode(), ECDSA(SHA256(), deterministic_signing=True)))
    return f"{head}.{encoded(r.to_bytes(NUMBER) + s.to_bytes(NUMBER))}"


def read(text: str) -> UUID:
    """The id of the card that this server signed. Raises `Forged`."""
    mark, _, rest = text.partition(".")
    body, _, signature = rest.partition(".")
    try:
        signed = decoded(signature)
        if mark != MARK or len(text) > LONGEST or len(signed) != 2 * NUMBER:
            raise Forged
        both = encode_dss_signature(int.from_bytes(signed[:NUMBER]), int.from_bytes(signed[NUMBER:]))
        pair("signing").public_key().verify(both, f"{mark}.{body}".encode(), ECDSA(SHA256()))
        return UUID(hex=msgspec.json.decode(decoded(body))["i"])
    except (ValueError, InvalidSignature, KeyError, TypeError, AttributeError) as error:
        raise Forged from error


def card_of(member: Member, *, by: str) -> Card:
    """The member's card: the one that stands where it still tells the truth and holds for a while, else a new one."""
    now = clock.now()
    same = {"kind": Card.Kind.MEMBER, "member": member.code, "name": member.name, "role": member.role, "area": member.area}
    standing = Card.objects.filter(**same, withdrawn_at=None, until__gt=now + RENEWED_BEFORE).order_by("until", "id").last()
    return standing or Card.objects.create(**same, until=now + timedelta(days=DAYS), made_at=now, made_by=by)


def card_for_shift(name: str, *, place: Place, until: datetime, unit: str, by: str) -> Card:
    """A card for somebody who helps at one place until the shift ends. The register learns them as a member of their own, so that
    their records carry a name."""
    now, number = clock.now(), uuid7()
    code = f"V-{number.hex[-8:].upper()}"
    with transaction.atomic():
        Member.objects.create(id=number, code=code, name=name, unit=unit, role=HELPER, area=place.area, learned_at=now)
        return Card.objects.create(
            kind=Card.Kind.SHIFT, member=code, name=name, role=HELPER, area=place.area, place=place.code, until=until, made_at=now,
            made_by=by,
        )  # fmt: skip


def withdraw(card: Card, *, by: str) -> None:
    """From now on the card opens nothing; the next pull says so."""
    Card.objects.filter(pk=card.pk, withdrawn_at=None).update(withdrawn_at=clock.now(), withdrawn_by=by)
