"""What is due now of a household or its people, campaign by campaign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign, Reach
from closeknit.campaigns.types import types
from closeknit.console.parts import Badge
from closeknit.kit import clock
from closeknit.kit.text import Text

MOST = 8
WHOLE = Text("the household", "本户")
DONE, LEFT, NEVER = (
    Badge(Text("Done", "已落实"), "good"),
    Badge(Text("Left", "未落实"), "watch"),
    Badge(Text("Not yet tried", "尚未联系"), "watch"),
)
EXCUSED, OVER = Badge(Text("Excused", "豁免"), "quiet"), Badge(Text("Left at the end", "结束时未落实"), "bad")


@dataclass(frozen=True)
class Due:
    """One campaign's word on one household or person."""

    campaign: Campaign
    kind: Text
    code: str
    state: Badge
    last: datetime | None
    event: object
    runs: bool
    whom: Text | str = ""


def dues(account: object, area: Area, households: Iterable[str], persons: Mapping[str, str]) -> list[Due]:
    """What each campaign that reaches into the area, and that the reader may see, says of these households and persons (code and name)."""
    codes = {"household": list(households), "person": list(persons)}
    found: list[Due] = []
    for campaign in campaigns(account, area):
        wanted = codes.get(types()[campaign.kind].subject, [])
        for rows in live.due(campaign, area.code) if wanted else []:
            said = {each.code: each for each in Reach.objects.filter(campaign=campaign.code, code__in=wanted)}
            words = live.worded(rows.filter(code__in=wanted), campaign).values_list("code", "word")
            found += [_due(campaign, code, word, said.get(code), persons.get(code, WHOLE)) for code, word in words]
    return found


def campaigns(account: object, area: Area) -> list[Campaign]:
    """The campaigns of the reader's work that reach into an area and have begun, those that run first, then the latest."""
    now = clock.now()
    touching = [each for kind in types() if can(account, _permission(kind)) for each in live.touching(kind, area) if each.starts_at <= now]
    return sorted(touching, key=lambda each: (each.ends_at <= now, -each.starts_at.timestamp(), each.code))[:MOST]


def _permission(kind: str) -> str:
    """The permission that a campaign of this type is seen with."""
    return f"{kind.partition('.')[0]}.view"


def _due(campaign: Campaign, code: str, word: str, reach: Reach | None, whom: Text | str) -> Due:
    runs = clock.now() < campaign.ends_at
    state = EXCUSED if word == live.EXCUSED else DONE if live.REACHED in word else NEVER if word == live.NEVER else LEFT
    if not runs and state in (LEFT, NEVER):
        state = OVER
    return Due(campaign, types()[campaign.kind].label, code, state, reach.at if reach else None, reach.event if reach else None, runs, whom)
