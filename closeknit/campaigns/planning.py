"""Planning campaigns: from a plan's JSON or from a screen; the same plan twice changes nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from closeknit.campaigns.models import Campaign, Listed
from closeknit.campaigns.types import fold, types
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import FieldRefusal, Text
from closeknit.ledger import bulk
from closeknit.ledger.record import lock
from closeknit.registry.known import canonical


class BadPlan(FieldRefusal):
    """A campaign that cannot be planned: which field, and what is allowed."""


def plan(raw: Mapping[str, Any]) -> Campaign:
    """Plans a campaign, or a new version of it: {code, kind, area, from, to, targets, excused, name}. Raises `BadPlan`."""
    if raw.get("kind") not in types():
        raise BadPlan(
            "kind", Text("There is no such kind of campaign. There are: {n}.", "没有此类行动。可用类型：{n}。", n=", ".join(types()))
        )
    starts_at, ends_at = _time(raw, "from"), _time(raw, "to")
    if ends_at <= starts_at:
        raise BadPlan("to", Text("A campaign ends after it begins.", "结束时间须晚于开始时间。"))
    rule, targets = _rule(raw.get("targets"), "persons")
    excused, excused_codes = _rule(raw.get("excused") or {}, "persons")
    values = {
        "kind": raw["kind"], "name": raw.get("name", ""), "area": raw["area"], "starts_at": starts_at, "ends_at": ends_at,
        "targets": rule, "excused": excused,
    }  # fmt: skip
    with transaction.atomic():
        lock()  # what is recorded meanwhile would be in nobody's reach: its writer does not see the campaign, and this does not see it
        held: Campaign | None = Campaign.objects.current().filter(code=raw["code"]).first()
        if held and all(getattr(held, name) == value for name, value in values.items()):
            return held
        now = clock.now()
        Campaign.objects.current().filter(code=raw["code"]).update(retired_at=now)
        campaign: Campaign = Campaign.objects.create(code=raw["code"], learned_at=now, **values)
        _list(campaign, "target", targets)
        _list(campaign, "excused", excused_codes)
        fold(campaign)
    return campaign


def fresh_code(kind: str) -> str:
    """A code that no campaign has: its kind, the day, and a number."""
    stem = f"{kind.replace('.', '-')}-{clock.now():%Y%m%d}"
    taken = set(Campaign.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{stem}-{number}") not in taken)


def _rule(raw: Any, listed: str) -> tuple[Any, list[str]]:
    """The rule without its codes, and the codes."""
    if isinstance(raw, Mapping) and listed in raw:
        return {**raw, listed: len(raw[listed])}, list(raw[listed])
    if raw in ("households", "persons") or isinstance(raw, Mapping):
        return raw, []
    raise BadPlan(
        "targets",
        Text("Targets are households, persons, categories of places, or listed persons.", "对象应为户、人员、场所类别或指定人员。"),
    )


def _list(campaign: Campaign, as_what: str, codes: Iterable[str]) -> None:
    Listed.objects.filter(campaign=campaign.code, as_what=as_what).delete()
    wanted = set(codes)
    names = canonical("person", wanted)
    rows = [
        {"id": uuid7(), "campaign": campaign.code, "as_what": as_what, "person": code}
        for code in sorted({names.get(code, code) for code in wanted})
    ]
    bulk.insert(Listed, rows)


def _time(raw: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = raw[name] if isinstance(raw[name], datetime) else datetime.fromisoformat(raw[name])
    except (KeyError, TypeError, ValueError) as error:
        raise BadPlan(
            name, Text("`{field}` is an ISO 8601 time with offset.", "{field} 应为带时区的 ISO 8601 时间。", field=name)
        ) from error
    if moment.tzinfo is None:
        raise BadPlan(name, Text("`{field}` needs an offset such as +08:00.", "{field} 须带时区，如 +08:00。", field=name))
    return moment
