"""The draw: a share of the acts of some days, put first by a seed that anybody can make again; and how far their review has come."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from closeknit.campaigns.lots import digest_of, drawn, seed
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.inspections.kinds import Act, all_acts
from closeknit.measures.legality.kinds import MOST_DRAWN, Drawn, Reviewed
from closeknit.policy.packs import policy

NOTHING = Text("No act was made in these days: there is nothing to draw from. Choose an earlier day.", "该期间没有处置，请选更早的日期。")
TOO_MANY = Text("{n} acts would be drawn; at most {most} fit one draw.", "将抽取 {n} 件，超过 {most} 件，请降低比例。")


def among(area: str, from_day: date, until: datetime, as_of: datetime | None = None) -> dict[str, Act]:
    """The acts of these days by their number, as known at a time."""
    start = datetime.combine(from_day, time(), policy(area, as_of).timezone)
    return {act.code: act for act in all_acts(area, until=until, as_of=as_of) if act.made.at >= start}


def draw(area: str, from_day: date, share: float) -> dict[str, Any]:
    """Draws now: the data of `legality.drawn`. Raises `Invalid` where there is nothing or too much to draw."""
    now = clock.now()
    day, salt = now.astimezone(policy(area).timezone).date(), secrets.token_hex(8)
    held = among(area, from_day, now)
    made = seed(area, from_day.isoformat(), day.isoformat(), salt)
    codes = drawn(held, made, share)
    if not codes or len(codes) > MOST_DRAWN:
        raise Invalid("data.from_day", "draw", TOO_MANY.format(n=len(codes), most=MOST_DRAWN) if codes else NOTHING)
    return {
        "seed": made, "salt": salt, "day": day.isoformat(), "from_day": from_day.isoformat(), "of": digest_of(held),
        "among": len(held), "share": share, "acts": codes, "places": [held[code].place for code in codes],
    }  # fmt: skip


def again(event: Event) -> bool:
    """Whether the same draw, made once more from what was known when it was made, gives the same."""
    data = event.data
    held = among(event.area, date.fromisoformat(data["from_day"]), event.at, event.received_at)
    made = seed(event.area, data["from_day"], data["day"], data["salt"])
    return (made, digest_of(held), drawn(held, made, data["share"])) == (data["seed"], data["of"], data["acts"])


@dataclass(frozen=True)
class Draw:
    """A draw with the reviews of its acts, by the number of the act."""

    event: Event
    reviews: dict[str, Event]

    @property
    def acts(self) -> list[tuple[str, str]]:
        """(act, place) of each that was drawn."""
        return list(zip(self.event.data["acts"], self.event.data["places"], strict=True))

    @property
    def left(self) -> list[tuple[str, str]]:
        """Those that nobody has reviewed yet."""
        return [pair for pair in self.acts if pair[0] not in self.reviews]

    @property
    def set_aside(self) -> int:
        return sum(each.data["outcome"] == "set_aside" for each in self.reviews.values())


def draws(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Draw]:
    """The draws of an area and below, the latest first, each with its reviews."""
    said = in_area(standing(Drawn, as_of=as_of), area, as_of)
    events = sorted(said.filter(at__lt=until) if until else said, key=lambda event: event.order, reverse=True)
    wanted = {code for event in events for code in event.data["acts"]}
    heard = standing(Reviewed, as_of=as_of).filter(topic__in=wanted).defer("personal", "digest")
    reviews = {each.topic: each for each in sorted(heard.filter(at__lt=until) if until else heard, key=lambda event: event.order)}
    return [Draw(event, {code: reviews[code] for code in event.data["acts"] if code in reviews}) for event in events]


def one(event: Event) -> Draw:
    """One draw with its reviews."""
    heard = standing(Reviewed).filter(topic__in=event.data["acts"]).defer("personal", "digest")
    return Draw(event, {each.topic: each for each in sorted(heard, key=lambda each: each.order)})
