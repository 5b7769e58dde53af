"""How a campaign stands in an area and in each area right below it: now from the reach, as at an earlier time from the events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.coverage import Coverage, coverage
from closeknit.campaigns.live import Standing, child_of
from closeknit.campaigns.models import Campaign, Reach
from closeknit.campaigns.types import types
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Look
from closeknit.registry.known import FOUND
from closeknit.registry.models import Household, Person, Place

MODELS: Mapping[str, Any] = {"household": Household, "person": Person, "place": Place}
REFUSED = "refused"


@dataclass(frozen=True)
class Stand:
    """A campaign seen from the board. `refused_since`: the first of the refusals that are final."""

    campaign: Campaign
    total: Standing
    parts: list[Standing]
    refused_since: datetime | None = None

    @property
    def units(self) -> list[Standing]:
        """The areas to be named: those right below, the area itself where there are none."""
        return self.parts or [self.total]


def stand(look: Look, kind: str) -> Stand | None:
    """The campaign of a kind that runs, or ran last; None where none has begun here. Reckoned once for the whole board."""
    return look.once(("stand", kind), lambda: _stand(look, kind))  # type: ignore[no-any-return]


def _stand(look: Look, kind: str) -> Stand | None:
    campaign = live.chosen(live.touching(kind, look.area), now=look.now)
    if campaign is None or campaign.starts_at > look.now:
        return None
    final_after = int(look.policy.get("doorknock.refusals_final_after", 0)) if kind == "doorknock" else 0
    if look.as_of is not None:
        return _as_known(campaign, look, final_after)
    seen = live.live(campaign, look.area, final_after=final_after)
    since = _refused_since(campaign, look.area.code, final_after) if seen.total.final else None
    return Stand(campaign, seen.total, seen.parts, since)


def _refused_since(campaign: Campaign, area: str, final_after: int) -> datetime | None:
    here = Household.objects.current().filter(area__in=Area.objects.below(area).values("code")).values("code")
    final = Reach.objects.filter(campaign=campaign.code, outcome=REFUSED, refusals__gte=final_after, code__in=here)
    return final.aggregate(since=Min("at"))["since"]  # type: ignore[no-any-return]


def _as_known(campaign: Campaign, look: Look, final_after: int) -> Stand:
    """From the standing events as they were known: slower, for looking back."""
    area, seen = look.area, coverage(campaign, look.area.code, until=look.now, as_of=look.as_of)
    below = {each.code: each for each in Area.objects.below(area.code, look.as_of)}
    parents = {each.parent for each in below.values()}
    total, own = Standing(area.code, area.name, area.level), Standing(area.code, area.name, area.level, own=True)
    parts = {
        each.code: Standing(each.code, each.name, each.level, has_parts=each.code in parents)
        for each in below.values()
        if each.parent == area.code
    }
    lies_in, refused = _areas(seen, look), []
    for code in seen.due:
        word = _word(seen, code, final_after)
        if word.endswith(live.FINAL):
            refused.append(seen.tried[code][-1].at)
        child = child_of(below.get(lies_in.get(code, "")), area)
        for each in (total, parts.get(child, own)):
            each.take(word, 1)
    return Stand(campaign, total, [*parts.values(), *([own] if own.due and parts else [])], min(refused, default=None))


def _word(seen: Coverage, code: str, final_after: int) -> str:
    if code in seen.excused:
        return live.EXCUSED
    tries = seen.tried.get(code)
    if not tries:
        return live.NEVER
    reads = types()[seen.campaign.kind].outcome
    outcome, reached = reads(tries[-1])
    refusals = sum(1 for event in tries if reads(event)[0] == REFUSED)
    final = outcome == REFUSED and refusals >= final_after > 0
    return outcome + (live.REACHED if reached else live.FINAL if final else "")


def _areas(seen: Coverage, look: Look) -> dict[str, str]:
    """Where each target lies."""
    model = MODELS[types()[seen.campaign.kind].subject]
    rows = model.objects.as_of(look.as_of).filter(area__in=Area.objects.below(look.area.code, look.as_of).values("code"))
    found = Event.objects.filter(kind="registry.found", id__in=[code.removeprefix(FOUND) for code in seen.due if code.startswith(FOUND)])
    return {**dict(rows.values_list("code", "area")), **{f"{FOUND}{event}": area for event, area in found.values_list("id", "area")}}
