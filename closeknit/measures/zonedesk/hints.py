"""What the records say beside the conditions that lift a zone. Somebody looks and decides: nothing here notes a condition as met."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from closeknit.kit.text import Text
from closeknit.ledger.fields import Result
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import latest, standing
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.isolation.kinds import Transferred
from closeknit.measures.testing.kinds import Resulted, Sampled
from closeknit.measures.zones.kinds import Living, Zone, begins
from closeknit.policy.packs import Policy
from closeknit.registry.known import about, names_as_of

LOOKS_BACK = timedelta(days=30)
POSITIVE = Text(
    "On record: last positive result of somebody who lives here on {day}, {n} day{n:s} ago.",
    "系统记录：区内居民最近一次阳性结果为 {day}，距今 {n} 天。",
)
NO_POSITIVE = Text("On record: no positive result of anybody who lives here since {day}.", "系统记录：{day} 以来区内居民无阳性结果。")
SAMPLED = Text(
    "On record: {n} of {all} people sampled since it began, {out} of {tubes} tubes without a result, {positive} positive.",
    "系统记录：开始以来已采样 {n}/{all} 人，{tubes} 管中 {out} 管未出结果、{positive} 管阳性。",
)
TO_MOVE = Text("On record: {n} people who live here wait to be brought away.", "系统记录：区内待转运 {n} 人。")
VISITED = Text("On record: {n} of {all} households met at the door since it began.", "系统记录：开始以来已入户见面 {n}/{all} 户。")


def hints(zone: Zone, lives: Living, pack: Policy, now: datetime) -> dict[str, Text]:
    """What is known of the zone's conditions, by their codes, from the records of those who live there; `""`: of its doors."""
    since, homes, people = begins(zone.orders[0]), lives.households[zone.number], lives.persons[zone.number]
    met = {home for home, event in _said(Visited, "household", homes, since) if event.data["outcome"] == "met"}
    last = dict(_said(Transferred, "person", people, since - LOOKS_BACK))
    known = {
        "": VISITED.format(n=len(met), all=len(homes)),
        "contacts_moved": TO_MOVE.format(n=sum(event.data["stage"] != "arrived" for event in last.values())),
    }
    return known | (_tests(people, since, now) if pack.has("testing") else {})


def _tests(people: set[str], since: datetime, now: datetime) -> dict[str, Text]:
    samples = _said(Sampled, "person", people, since - LOOKS_BACK)
    tubes = {event.topic for _, event in samples}
    results = latest(standing(Resulted).filter(topic__in=tubes), "topic") if tubes else {}
    positive = {tube: event for tube, event in results.items() if event.data["result"] == Result.POSITIVE}
    round_ = [(person, event.topic) for person, event in samples if event.at >= since]
    lately = {tube for _, tube in round_}
    day = max((event.at for event in positive.values()), default=None)
    seen = (
        POSITIVE.format(day=f"{localtime(day):%Y-%m-%d}", n=(localtime(now).date() - localtime(day).date()).days)
        if day
        else NO_POSITIVE.format(day=f"{localtime(since - LOOKS_BACK):%Y-%m-%d}")
    )
    sampled = SAMPLED.format(
        n=len({person for person, _ in round_}), all=len(people), tubes=len(lately), out=len(lately - results.keys()),
        positive=len(lately & positive.keys()),
    )  # fmt: skip
    return {"no_new_case": seen, "negative_round": sampled}


def _said(said: type[Said], reference: Any, codes: set[str], since: datetime) -> list[tuple[str, Event]]:
    """What was said of these, by whatever name, in its order, each with the code that the zone knows them by."""
    other = names_as_of(reference, None)
    events = about(standing(said).filter(at__gte=since).defer("personal", "digest"), reference, codes, other)
    ordered = sorted(events, key=lambda each: each.order)
    return [(code, event) for event in ordered if (code := other.get(own := getattr(event, reference), own)) in codes]
