"""The telephone of a member: read from a table of members or typed on a screen, kept encrypted, never in a record or an address."""

from collections.abc import Mapping

from django.db import transaction

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import seal
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.registry.actions import Refused, note_amended
from closeknit.registry.entries import columns_of
from closeknit.registry.models import Member
from closeknit.registry.roster.headings import SYNONYMS
from closeknit.registry.roster.person import phones

COLUMNS = ("phone", *SYNONYMS["phone"])
WHY = Text("Telephone entered", "登记联系电话")
NO_NUMBER = Text(
    "This is no telephone number. Write its digits, several numbers with “;” between them.",
    "不是电话号码。请填写数字，多个号码用“;”隔开。",
)
CHANGED = Text("Somebody else has changed this entry meanwhile. Open it again.", "此人信息刚被他人修改，请重新打开。")


def in_table(row: Mapping[str, str]) -> str:
    """The numbers that a row of a table of members holds, under one of the usual headings; empty where it has none."""
    return phones(next((row[name] for name in COLUMNS if row.get(name)), ""))


def sealed(phone: str, *, code: str) -> bytes | None:
    """The personal part of a member with this telephone; None without one."""
    return seal({"phone": phone} if phone else None, about=f"member|{code}")


def keep(member: Member, typed: str, *, by: str) -> None:
    """Keeps a member's telephone as it was typed (empty: none); a new version, and a record of who did it that does not hold the number.
    Raises Refused for what is no number, and where somebody else was quicker."""
    phone = phones(typed)
    if typed.strip() and not phone:
        raise Refused("phone", NO_NUMBER)
    if phone == member.phone:
        return
    now = clock.now()
    with transaction.atomic():
        if not Member.objects.current().filter(id=member.id).update(retired_at=now):
            raise Refused("", CHANGED)
        changes = {"id": uuid7(), "personal": sealed(phone, code=member.code), "learned_at": now, "retired_at": None}
        bulk.insert(Member, [{**columns_of(member), **changes}])
        note_amended(["phone"], area=member.area, by=by, reason=WHY.zh, worker=member.code)
