"""Calling back a share of the settled doors: the draw, drawn again, and what the calls brought."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.live import due, worded
from closeknit.campaigns.lots import drawn, seed
from closeknit.campaigns.models import Campaign
from closeknit.console.records.names import members
from closeknit.console.records.saving import Entry, author, save
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.doorknock.kinds import Recheck, RecheckDrawn, Rechecked, Visited
from closeknit.measures.recheck.counting import by_others
from closeknit.policy.packs import policy

MOST = 500
NOBODY = Text("No door is settled here yet: there is nothing to draw from.", "本辖区尚无已落实户，无可抽取。")
TOO_MANY = Text(
    "{n} doors would be drawn; at most {most} fit one list. Draw in a smaller area.", "将抽取 {n} 户，超过 {most} 户。请在下级地区抽取。"
)
SAME_HAND = Text(
    "You made this visit yourself, so somebody else must call back. Leave the door to a colleague.",
    "该户由您本人走访，须由他人回访。请交同事办理。",
)
NOT_DRAWN = Text("This household is not in the draw. Call back the doors of the list.", "该户不在抽取名单内，请按名单回访。")
CONTRADICTS = Text("What they say is another outcome than the visit's: press “Differs”.", "住户所述与走访结果不同，请选“与走访不符”。")


@dataclass(frozen=True)
class Draw:
    """One draw as it stands in the ledger."""

    event: Event

    @property
    def households(self) -> list[str]:
        return list(self.event.data.get("households", ()))

    @property
    def share(self) -> float:
        return float(self.event.data["share"])


def draws(campaign: Campaign, area: str) -> list[Draw]:
    """The draws of an area in a campaign, the latest first."""
    events = standing(RecheckDrawn).filter(topic=campaign.code[:120], area=area).order_by("-at", "-arrival")[:20]
    return [Draw(event) for event in events]


def draw(account: Account, campaign: Campaign, area: str, *, event_id: UUID | None = None) -> Draw:
    """Draws now from the doors that are settled, and writes the draw down. Raises `Invalid` where there is nothing or too much to draw."""
    values, now = policy(area), clock.now()
    share = float(values.get("doorknock.recheck_share", 0.05))
    settled = [code for rows in due(campaign, area) for code in _settled(rows, campaign)]
    day, salt = now.astimezone(values.timezone).date(), secrets.token_hex(8)
    made = seed(campaign.code, area, day.isoformat(), salt)
    codes = drawn(settled, made, share)
    if not codes or len(codes) > MOST:
        raise Invalid("", "draw", TOO_MANY.format(n=len(codes), most=MOST) if codes else NOBODY)
    of = {"campaign": campaign.code, "day": day.isoformat(), "salt": salt, "seed": made, "share": share}
    data = {**of, "count": len(codes), "households": codes}
    answer = save(account, Entry(event_id or uuid7(), "doorknock.recheck_drawn", area, data, at=now))
    return Draw(Event.objects.get(id=answer.id))


def _settled(rows: Any, campaign: Campaign) -> list[str]:
    return list(worded(rows, campaign).filter(word__endswith="+").values_list("code", flat=True))


def drawn_again(made: Draw, campaign: Campaign) -> list[str]:
    """The list that the seed gives when it is drawn with once more, from what was known when it was first drawn."""
    event = made.event
    data = event.data
    again = seed(data["campaign"], event.area, data["day"], data["salt"])
    known = coverage(campaign, event.area, until=event.at, as_of=event.received_at)
    return drawn(known.reached, again, made.share)


def calls(made: Draw, campaign: Campaign) -> dict[str, Event]:
    """The latest call to each household of the draw by somebody else than its visitor."""
    events = standing(Rechecked).filter(topic=str(made.event.id), household__in=made.households)
    others = by_others(events, since=campaign.starts_at).order_by("at", "arrival")
    return {event.household: event for event in others}


def visits(campaign: Campaign, codes: Iterable[str]) -> dict[str, list[Event]]:
    """The standing visits of the campaign's time to these households, the last the latest."""
    held: dict[str, list[Event]] = {}
    events = standing(Visited).filter(household__in=list(codes), at__gte=campaign.starts_at, at__lt=campaign.ends_at)
    for event in sorted(events.defer("personal", "digest"), key=lambda event: event.order):
        held.setdefault(event.household, []).append(event)
    return held


def call(account: Account, made: Draw, campaign: Campaign, entry: Entry) -> None:
    """Writes down a call. Raises `Invalid` where the household was not drawn, or where the caller made the visit."""
    household = entry.references["household"]
    if household not in made.households:
        raise Invalid("household", "not_drawn", NOT_DRAWN)
    made_by = visits(campaign, [household]).get(household, [])
    if author(account) in {event.member for event in made_by}:
        raise Invalid("household", "same_hand", SAME_HAND)
    said = entry.data.get("said")
    if entry.data["outcome"] == Recheck.AGREES and said and made_by and said != made_by[-1].data["outcome"]:
        raise Invalid("said", "contradicts", CONTRADICTS)
    save(account, entry)


@dataclass(frozen=True)
class Agreement:
    """How the calls of one area came out."""

    area: str
    name: str
    drawn: int
    outcomes: Counter[str]

    @property
    def asked(self) -> int:
        """Who was reached."""
        return self.outcomes[Recheck.AGREES] + self.outcomes[Recheck.DIFFERS]

    @property
    def percent(self) -> str:
        """How many of those who were reached agree."""
        return f"{self.outcomes[Recheck.AGREES] * 100 // self.asked}%" if self.asked else ""


def by_whom(made: Draw) -> str:
    """Who drew: the member's name, or the account's where it is no member's."""
    code = made.event.member
    account = Account.objects.filter(username=code).first()
    return members([code]).get(code) or (account.shown_name if account else code)


def agreement(areas: dict[str, str], called: dict[str, Event]) -> list[Agreement]:
    """The calls by area; `areas` gives each drawn household's."""
    names = Area.objects.names(areas.values())
    rows = []
    for code, name in sorted(names.items()):
        mine = [household for household, lies_in in areas.items() if lies_in == code]
        rows.append(Agreement(code, name, len(mine), Counter(called[each].data["outcome"] for each in mine if each in called)))
    return rows
