"""Who calls: the device by its token, the worker by the card, and what a device says of itself when it calls."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.registry.models import Member, Place
from closeknit.sync.enrolment.cards import Forged, read
from closeknit.sync.models import Card, Device, digest

UNKNOWN = Text("This device is not enrolled here. Ask the town's clerk.", "此设备未登记。请联系乡镇专干。")
REVOKED = Text(
    "This phone was revoked. What is unsent goes to the clerk; ask the town's clerk to enrol it again.",
    "此手机已停用。未上传的记录将转交专干，请联系乡镇专干重新登记。",
)
NO_CARD = Text(
    "This card does not hold on this phone. Ask the town's clerk for a new one. Recording goes on.",
    "此工作卡在本机无效。请向乡镇专干领取新卡。可继续记录。",
)
SEEN_EVERY = timedelta(seconds=60)
MOST = 2**31 - 1


class Revoked(BadPush):
    """A revoked device with its right token: it may forget what was synced, and send what is unsent by the rescue door."""

    def __init__(self) -> None:
        super().__init__("device", REVOKED, 410)


@dataclass(frozen=True)
class Bearer:
    """Who holds a device now, by the card. `area` is where a member works today, whatever stands on the card."""

    member: str
    name: str
    role: str
    area: str
    kind: str  # Card.Kind: a shift's bearer gets one place, no persons and no search
    place: str
    until: datetime
    unit: str = ""
    team: str = ""

    @property
    def is_shift(self) -> bool:
        return self.kind == Card.Kind.SHIFT


def device_of(code: str, token: str) -> Device:
    """The device of that code and token, revoked or not. Raises `BadPush` (401), which does not tell which of the two was wrong."""
    return _proved(Device.objects.filter(code=code).first(), token)


def known_device(code: str, token: str) -> Device:
    """The device of that code and token. Raises `BadPush`: 401 for a wrong one, 410 (`revoked`) for a revoked one with its right token."""
    return proved(Device.objects.filter(code=code).first(), token)


def proved(device: Device | None, token: str) -> Device:
    """The device, where it is known, the token is its own and it was not revoked. Raises `BadPush` as `known_device` does."""
    known = _proved(device, token)
    if known.revoked_at is not None:
        raise Revoked
    return known


def _proved(device: Device | None, token: str) -> Device:
    if device is None or not hmac.compare_digest(bytes(device.token_digest), digest(token)):
        raise BadPush("device", UNKNOWN, 401)
    return device


def worker_of(device: Device, card_text: str) -> Bearer:
    """Who holds the device by this card. Raises `BadPush` (403 `card`): forged, withdrawn, over, of somebody who does not work in the
    device's area, or of a member on a phone that was enrolled for a shift."""
    try:
        number = read(card_text)
    except Forged as error:
        raise BadPush("card", NO_CARD, 403) from error
    card = Card.objects.filter(pk=number, withdrawn_at=None, until__gt=clock.now()).first()
    member = Member.objects.current().filter(code=card.member).first() if card else None
    if card is None or member is None or (card.kind == Card.Kind.MEMBER and _is_helpers(device)):
        raise BadPush("card", NO_CARD, 403)
    area = member.area if card.kind == Card.Kind.MEMBER else _place_area(card)
    if not Area.objects.below(device.area).filter(code=area).exists():
        raise BadPush("card", NO_CARD, 403)
    return Bearer(
        member=member.code, name=member.name, role=member.role, area=area, kind=card.kind, place=card.place, until=card.until,
        unit=member.unit, team=member.team,
    )  # fmt: skip


def _is_helpers(device: Device) -> bool:
    """Whether it is the own phone of somebody who helps for a shift: a photograph of a colleague's card gives it no register."""
    return bool(device.member) and Card.objects.filter(member=device.member, kind=Card.Kind.SHIFT).exists()


def _place_area(card: Card) -> str:
    place = Place.objects.current().filter(code=card.place).first()
    return place.area if place else card.area


def note_contact(device: Device, state: Mapping[str, Any] | None, now: datetime) -> None:
    """Stores what a device says of itself; what cannot be read is passed over, for no call fails because of it."""
    said = state if isinstance(state, Mapping) else {}
    told = {
        "unsent": _count(said.get("unsent"), MOST),
        "last_seq": _count(said.get("last_seq"), 2**62),
        "app": _words(said.get("app"), 40),
        "persisted": said.get("persisted") if isinstance(said.get("persisted"), bool) else None,
        "clock_error_s": _behind(_moment(said.get("clock")), now),
        "last_record_at": _moment(said.get("last_record_at")),
    }
    Device.objects.filter(pk=device.pk).update(last_seen_at=now, **{name: value for name, value in told.items() if value is not None})


def note_push(device: Device, now: datetime) -> None:
    """Notes that a device has called; not more than once a minute, so that pushes are not slowed."""
    if device.last_seen_at is None or now - device.last_seen_at > SEEN_EVERY:
        stale = Q(last_seen_at=None) | Q(last_seen_at__lt=now)
        Device.objects.filter(stale, pk=device.pk).update(last_seen_at=now)


def _count(value: Any, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else None


def _words(value: Any, longest: int) -> str | None:
    return value[:longest] if isinstance(value, str) and value.isprintable() and value else None


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo and clock.can_be_meant(moment) else None
    except (ValueError, OverflowError):
        return None


def _behind(moment: datetime | None, now: datetime) -> float | None:
    return (now - moment).total_seconds() if moment else None
