"""A member whom no table brought: somebody who helps and is taken on at a desk."""

from dataclasses import dataclass

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.registry.members.telephones import sealed
from closeknit.registry.models import Member
from closeknit.registry.roster.person import phones


@dataclass(frozen=True)
class NewMember:
    """Whom to add; the telephone as it was typed."""

    code: str
    name: str
    unit: str
    role: str
    area: str
    phone: str = ""


def add(new: NewMember) -> None:
    """The register learns of a member; a code that is known already stays as it is."""
    if Member.objects.current().filter(code=new.code).exists():
        return
    row = {"code": new.code, "name": new.name[:100], "unit": new.unit[:100], "team": "", "role": new.role, "area": new.area}
    stamp = {"id": uuid7(), "learned_at": clock.now(), "retired_at": None, "personal": sealed(phones(new.phone), code=new.code)}
    bulk.insert(Member, [{**row, **stamp}])
