"""Who answers for a place: naming and changing its chiefs, so that the register keeps every version and a record says who did it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.registry.actions import Refused, note_amended
from closeknit.registry.entering import wait_for_others
from closeknit.registry.entries import columns_of
from closeknit.registry.models import Member, Place

Chiefs = list[list[str]]  # [role, member] pairs, as places.csv names them
NOBODY = Text(
    "“{typed}” is not on the list of members here or above. Take the name or the code from “Members and telephones”; whoever is missing "
    "there is added to members.csv first.",
    "“{typed}”不在本地或上级的人员名单中。请按“人员与联系电话”中的姓名或编号填写；名单中没有的，请先补入 members.csv 并导入。",
)
SEVERAL = Text("Several are called “{typed}”: {codes}. Type the code.", "有多人名为“{typed}”：{codes}。请填写编号。")


def resolve(typed: str, field: str, *, area: str) -> str:
    """The code of the member of this code or name who works in an area, below it or above it; empty for nothing. Raises Refused."""
    typed = typed.strip()
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    below = Area.objects.below(area).values_list("code", flat=True)
    near = Member.objects.current().filter(area__in={*below, *filter(None, path.split("/"))})
    if not typed or near.filter(code=typed).exists():
        return typed
    codes = sorted(near.filter(name=typed).values_list("code", flat=True))
    if len(codes) != 1:
        text = SEVERAL.format(typed=typed, codes="、".join(codes)) if codes else NOBODY.format(typed=typed)
        raise Refused(field, text)
    return str(codes[0])


def changed(held: Chiefs, changes: Mapping[str, str]) -> Chiefs:
    """The chiefs with these roles given to these members; an empty code takes the role away."""
    kept = [[role, member] for role, member in held if role not in changes]
    return [*kept, *([role, member] for role, member in changes.items() if member)]


def name_chiefs(code: str, changes: Mapping[str, str], *, by: str, reason: str) -> UUID:
    """Gives roles of a place to members (codes that `resolve` gave). What a file said before stays known, so that the same file read
    again undoes nothing."""
    with transaction.atomic():
        wait_for_others()
        place = Place.objects.current().select_for_update().get(code=code)
        now, chiefs = clock.now(), changed(place.chiefs, changes)
        filed = place.chiefs if place.filed_chiefs is None else place.filed_chiefs
        Place.objects.filter(id=place.id).update(retired_at=now)
        version = {"id": uuid7(), "chiefs": chiefs, "filed_chiefs": filed, "learned_at": now, "retired_at": None}
        bulk.insert(Place, [{**columns_of(place), **version}])
        said = [f"{role}:{member}" for role, member in changes.items()]
        return note_amended(["chiefs"], area=place.area, by=by, reason=reason, chiefs=said, place=code)


def as_filed(said: Chiefs, held: Place | None) -> tuple[Chiefs, Chiefs | None]:
    """The chiefs of a place after a file was read, and what the file said where that differs: a file that says again what the last one
    said leaves those whom somebody has named here since."""
    if held is None:
        return said, None
    before = held.chiefs if held.filed_chiefs is None else held.filed_chiefs
    return (held.chiefs, held.filed_chiefs) if said == before else (said, None)
