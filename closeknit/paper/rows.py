"""Whom the rows of a sheet are about: who is still to do, everybody there, the people who work there; in the order in which one walks."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import subject
from closeknit.campaigns.types import types
from closeknit.kit import clock
from closeknit.ledger.kinds import Kind
from closeknit.policy.packs import policy
from closeknit.registry.models import Household, Member, Person, Place

ROWS = 20  # of a sheet
MOST_SHEETS = 20
LAST = 2**31 - 1
MODELS: dict[str, Any] = {"household": Household, "person": Person, "place": Place, "member": Member}


class Stop(NamedTuple):
    """Somebody or something on a sheet, and the area where it lies."""

    code: str
    area: str


def about_of(kind: Kind) -> str:
    """What a row of the kind is about; empty where it is about nobody in the register. Of whereabouts a sheet is of one place and its
    rows are whoever came by: never a way from a place to people."""
    named = (*kind.needs, *kind.needs_one_of)
    return named[0] if named and not kind.whereabouts else ""


def running(kind: Kind, area: Area) -> list[Campaign]:
    """The campaigns that run here now and are reached by records of this kind."""
    now = clock.now()
    fitting = [each for each in types().values() if kind.name in each.kind_names]
    reaching = [campaign for each in fitting for campaign in live.touching(each.kind, area)]
    return [campaign for campaign in reaching if campaign.starts_at <= now < campaign.ends_at]


def still_to_do(campaign: Campaign, area: str) -> list[QuerySet[Any]]:
    """The rows of a campaign's targets that are not reached, not excused, and may still be called upon; unfetched."""
    final_after = int(policy(area).get("doorknock.refusals_final_after", 0))
    done = Q(word__endswith=live.REACHED) | Q(word__endswith=live.FINAL) | Q(word=live.EXCUSED)
    return [rows.exclude(done) for rows in live.listed(campaign, area, final_after=final_after)]


def everybody(about: str, area: str) -> list[QuerySet[Any]]:
    """All of the register's that lie in an area; unfetched."""
    return [MODELS[about].objects.current().filter(area__in=Area.objects.below(area).values("code"))]


def in_walking_order(about: str, parts: Iterable[QuerySet[Any]]) -> list[Stop]:
    """The rows as stops: by area and the household's place in the walk; who was found comes last."""
    found = [(row.code, row.area, getattr(row, "household", "")) for rows in parts for row in rows]
    homes = {code if about == "household" else household for code, _, household in found} - {""}
    position = dict(Household.objects.current().filter(code__in=homes).values_list("code", "position"))

    def place_in_walk(one: tuple[str, str, str]) -> tuple[str, int, str, str]:
        code, area, household = one
        home = code if about == "household" else household
        return area, position.get(home, LAST), home, code

    return [Stop(code, area) for code, area, _ in sorted(found, key=place_in_walk)]


def how_many(parts: Iterable[QuerySet[Any]]) -> int:
    """How many rows there are, before any is fetched."""
    return sum(rows.count() for rows in parts)


def campaign_about(campaign: Campaign | None, kind: Kind) -> str:
    """What a row is about: the campaign's target where there is one, else what the kind needs."""
    return subject(campaign) if campaign else about_of(kind)
