"""Codes that enrol one phone each: given by a clerk, used once, within ten minutes."""

import secrets
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet

from closeknit.access.limits import spend
from closeknit.kit import clock
from closeknit.kit.sealing import blind
from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment import keys
from closeknit.sync.enrolment.cards import text_of
from closeknit.sync.models import Card, Device, Invitation, digest

MINUTES = 10
CODE_BYTES = 16
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else: no 0 O, 1 I L, U beside V
WRONG_TRIES = 30  # of one network address in ten minutes; a right code is taken whatever went before

NOT_VALID = Text(
    "This code was used, is over ten minutes old, or is not known. Ask the clerk for a new one.",
    "此登记码已使用、已超过 10 分钟或无效。请联系专干重新生成。",
)
MISSING = Text("`{field}` is missing or is not what it must be. Update the app.", "{field} 缺失或有误。请更新应用。")


class TooOften(BadPush):
    """Somebody who guesses; `retry_after` says in how many seconds they may go on."""

    def __init__(self, field: str, until: datetime) -> None:
        text = Text("Too many wrong tries. Try again in some minutes.", "错误次数过多，请几分钟后再试。")
        super().__init__(field, text, 429, retry_after=max(1, int((until - clock.now()).total_seconds())))


class Asked(msgspec.Struct):
    """What a phone sends: the code, the token that it made itself, and what it calls itself."""

    code: str
    token: str
    label: str = ""
    app: str = ""


def invite(card: Card, *, area: str, by: str) -> tuple[Invitation, str]:
    """Lets one phone enrol for the bearer of the card, within `area`. The code is shown once; only its digest is kept."""
    code, now = secrets.token_urlsafe(CODE_BYTES), clock.now()
    made = Invitation.objects.create(
        code_digest=_digest(code), area=area, card=card, made_at=now, made_by=by, expires_at=now + timedelta(minutes=MINUTES)
    )
    return made, code


def take_up(body: bytes, *, address: str, server: str) -> dict[str, Any]:
    """Enrols the phone that brings a code; the same code with the same token is answered the same again until it is over.
    Raises `BadPush`: 400 for what is incomplete, 401 `code`, 429 for guessing."""
    asked = _asked(body)
    if _standing(asked).exists():  # asked before: on SQLite a transaction holds every writer back, and a guess shall not
        with transaction.atomic():
            invitation = _taken(asked)
        if invitation is not None:
            return _told(invitation, server)
    later = spend("enrol", address, limit=WRONG_TRIES, minutes=MINUTES)
    raise TooOften("code", later) if later else BadPush("code", NOT_VALID, 401)


def _asked(body: bytes) -> Asked:
    try:
        asked = msgspec.json.decode(body, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPush("code", MISSING.format(field="code")) from error
    if not 32 <= len(asked.token) <= 200 or not asked.token.isascii() or not asked.token.isprintable():
        raise BadPush("token", MISSING.format(field="token"))
    if len(asked.code) > 200 or not asked.code.isascii():
        raise BadPush("code", NOT_VALID, 401)
    return asked


def _standing(asked: Asked) -> "QuerySet[Invitation]":
    """The invitation of the code, used or not; none where it is not known or over."""
    now = clock.now()
    holds = Q(expires_at__gt=now, card__withdrawn_at=None, card__until__gt=now)
    return Invitation.objects.filter(holds, code_digest=_digest(asked.code)).select_related("card")


def _taken(asked: Asked) -> Invitation | None:
    """The invitation, now this phone's, whoever came first; None where the code is not known, over, or another phone's."""
    now, token, standing = clock.now(), digest(asked.token), _standing(asked)
    found = standing.first()
    if found is None:
        return None
    code = _free_code()
    if Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=now, token_digest=token, device=code):
        Device.objects.create(
            code=code, token_digest=token, label=_plain(asked.label, 80), app=_plain(asked.app, 40), member=found.card.member,
            area=found.area, enrolled_at=now, enrolled_by=found.made_by, last_seen_at=now,
        )  # fmt: skip
    return standing.filter(token_digest=token).first()


def _told(invitation: Invitation, server: str) -> dict[str, Any]:
    card = invitation.card
    return {
        "device": invitation.device,
        "now": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "server": server,
        "keys": {"sealing": keys.public("sealing"), "signing": keys.public("signing")},
        "member": {"code": card.member, "name": card.name, "role": card.role, "area": card.area},
        "card": text_of(card),
    }


def _free_code() -> str:
    """A device's code that can be read aloud and is not taken."""
    while True:
        code = "D-" + "".join(secrets.choice(LETTERS) for _ in range(5))
        if not Device.objects.filter(pk=code).exists():
            return code


def _digest(code: str) -> bytes:
    return blind(code, purpose="invitation")


def _plain(text: str, longest: int) -> str:
    return "".join(character for character in text if character.isprintable())[:longest]
