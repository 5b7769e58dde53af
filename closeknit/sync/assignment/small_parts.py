"""The parts of an assignment that fit on one screen: the worker, the areas, the pack, the places, the campaigns."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import subject
from closeknit.kit.sealing import key_for
from closeknit.registry.models import Place
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.wording import base64url, both, moment
from closeknit.sync.assignment.work import role_name

VALUES = ("pooling", "test_validity", "monitoring", "doorknock", "returnees", "field")  # what rules on the phone read
EVERYONE = ("households", "persons")


def marks_key(device: str) -> bytes:
    """The key by which this device knows the marks of ID numbers: the marks of another one's register are of no use to it."""
    return key_for("marks", device)


def worker(assigned: Assigned) -> dict[str, Any]:
    """Who works, and for what the phone is."""
    who = assigned.bearer
    return {
        "code": who.member, "name": who.name, "role": who.role, "role_name": both(role_name(who.role, assigned.policy)), "unit": who.unit,
        "team": who.team, "area": who.area, "area_name": assigned.area.name, "place": who.place, "until": moment(who.until),
        "work": assigned.work, "marks": base64url(marks_key(assigned.device)) if assigned.knows_people else "",
    }  # fmt: skip


def areas(assigned: Assigned) -> list[list[str]]:
    """The worker's area and those below it."""
    return [[area.code, area.name, area.parent, area.level] for area in assigned.areas]


def pack(assigned: Assigned) -> dict[str, Any]:
    """What the pack in force says to the rules on the phone."""
    policy = assigned.policy
    values = {name: value for name in VALUES if (value := policy.get(name)) is not None}
    disease: Mapping[str, str] = policy.get("disease_name", {})
    return {
        "name": policy.name, "disease": {language: disease.get(language, "") for language in ("en", "zh")}, "offset": policy.offset,
        "features": sorted(policy.get("features", ())), "values": values,
    }  # fmt: skip


def places(assigned: Assigned) -> list[list[str]]:
    """The places of the areas, and the one on a shift's card."""
    rows = Place.objects.current().filter(Q(area__in=assigned.codes) | Q(code=assigned.bearer.place)).order_by("area", "code")
    return [list(row) for row in rows.values_list("code", "category", "name", "area")]


def campaigns(assigned: Assigned) -> list[dict[str, Any]]:
    """Who must be reached by when."""
    return [_campaign(each, assigned.area) for each in assigned.campaigns]


def _campaign(each: Campaign, area: Area) -> dict[str, Any]:
    everyone = each.targets in EVERYONE
    named = () if everyone else {code for rows in live.due(each, area.code) for code in rows.values_list("code", flat=True)}
    return {
        "code": each.code, "kind": each.kind, "name": str(each), "area": each.area, "from": moment(each.starts_at),
        "to": moment(each.ends_at), "subject": subject(each), "due": None if everyone else sorted(named),
        "excused": sorted(set(live.excused(each, area.code))),
    }  # fmt: skip
