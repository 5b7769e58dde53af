"""The draw of a group: of each class the share that the seed puts first, from whoever belongs at that moment; and the same again."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from closeknit.access.models import Account
from closeknit.campaigns.cadences.kinds import MOST_DRAWN, MemberAdded, MemberLeft, belonging
from closeknit.campaigns.cadences.rules import moment
from closeknit.campaigns.lots import digest_of, drawn, ordered, seed
from closeknit.campaigns.models import Group
from closeknit.console.records.saving import Entry, save
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.policy.packs import policy
from closeknit.registry.known import names_as_of

NOBODY = Text("Nobody belongs to this group, or to this class: add its people first.", "该组或该班级尚无人员，请先加入人员。")
TOO_MANY = Text("{n} would be drawn; at most {most} fit one draw.", "将抽取 {n} 人，超过 {most} 人，请分班级抽取。")
EARLY = Text("The last day for sampling lies before today.", "采样截止日期早于今天。")


@dataclass(frozen=True)
class Wish:
    """What is to be drawn: a share of each class or a number of all, of one class or of the whole group, to be sampled by a day."""

    share: float | None
    number: int | None
    school_class: str
    until: date


def members(group: str, at: datetime, as_of: datetime | None = None) -> dict[str, str]:
    """Who belonged to a group at a moment, with their class, as known at a time."""
    events = list(standing(MemberAdded, MemberLeft, as_of=as_of).filter(topic=group, at__lte=at).defer("personal", "digest"))
    zones = {area: policy(area).timezone for area in {event.area for event in events}}
    return {
        person: event.data.get("school_class", "")
        for (_, person), event in belonging(events, names_as_of("person", as_of)).items()
        if moment(event.data.get("from_day", ""), event.at, zones[event.area]) <= at
    }


def chosen(people: Mapping[str, str], made: str, *, share: float | None, number: int | None, school_class: str = "") -> list[str]:
    """Whom the seed draws: of each class its share (rounded up, so that no class is left out), or the number of all."""
    among = {person: of for person, of in people.items() if not school_class or of == school_class}
    if number is not None:
        return ordered(among, made)[:number]
    by_class: dict[str, list[str]] = defaultdict(list)
    for person, of in among.items():
        by_class[of].append(person)
    return [person for of in sorted(by_class) for person in drawn(by_class[of], made, share or 0)]


def lines(people: Mapping[str, str], school_class: str = "") -> Iterable[str]:
    """The list that is drawn from, as its fingerprint reads it."""
    return (f"{of}|{person}" for person, of in people.items() if not school_class or of == school_class)


def draw(account: Account, group: Group, wish: Wish, *, event_id: UUID) -> Event:
    """Draws now and writes the draw down; the same form sent twice draws once. Raises `Invalid` where there is nobody or too many."""
    held = Event.objects.filter(id=event_id, kind="routine.drawn", topic=group.topic).first()
    if held is not None:
        return held
    now = clock.now()
    day, salt = now.astimezone(policy(group.area).timezone).date(), secrets.token_hex(8)
    made = seed(group.topic, group.area, day.isoformat(), salt)
    people = members(group.topic, now)
    codes = chosen(people, made, share=wish.share, number=wish.number, school_class=wish.school_class)
    if not codes or len(codes) > MOST_DRAWN:
        raise Invalid("share", "draw", TOO_MANY.format(n=len(codes), most=MOST_DRAWN) if codes else NOBODY)
    if wish.until < day:
        raise Invalid("until_day", "contradicts", EARLY)
    among = list(lines(people, wish.school_class))
    data = {
        "group": group.topic, "seed": made, "salt": salt, "day": day.isoformat(), "until_day": wish.until.isoformat(),
        "of": digest_of(among), "among": len(among), "drawn": codes, "share": wish.share, "number": wish.number,
        "school_class": wish.school_class,
    }  # fmt: skip
    said = {name: value for name, value in data.items() if value not in (None, "")}
    answer = save(account, Entry(event_id, "routine.drawn", group.area, said, at=now))
    return Event.objects.get(id=answer.id)


@dataclass(frozen=True)
class Again:
    """A draw made once more: whether its seed follows from its parts, the list is the one it was drawn from, and the same are drawn."""

    seed: bool
    among: bool
    drawn: bool

    @property
    def agrees(self) -> bool:
        return self.seed and self.among and self.drawn


def again(event: Event) -> Again:
    """The draw, made again from what was known when it was first made."""
    data = event.data
    made = seed(event.topic, event.area, data["day"], data["salt"])
    people = members(event.topic, event.at, event.received_at)
    school_class = data.get("school_class", "")
    codes = chosen(people, made, share=data.get("share"), number=data.get("number"), school_class=school_class)
    return Again(made == data["seed"], digest_of(lines(people, school_class)) == data["of"], codes == data["drawn"])


def last_day(today: date, days: int) -> date:
    """By when who is drawn is to be sampled, unless somebody says otherwise."""
    return today + timedelta(days=days)
