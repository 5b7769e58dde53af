"""A phone for tests: it pulls as the app does and keeps what it is told."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from closeknit.kit import clock
from closeknit.registry.models import Member, Place
from closeknit.sync.assignment.answer import pull
from closeknit.sync.enrolment.cards import card_for_shift, card_of, text_of
from closeknit.sync.models import enrol
from tests.town import START, TOWN


@dataclass
class Phone:
    """A phone that somebody holds; `parts` are what it has, `reach` what it knows of the targets."""

    device: str
    token: str
    card: str
    parts: dict[str, Any] = field(default_factory=dict, repr=False)
    digests: dict[str, str] = field(default_factory=dict)
    reach: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    arrival: int | None = None
    last: dict[str, Any] = field(default_factory=dict, repr=False)

    def ask(self, *, at: datetime | None = None, **rest: Any) -> dict[str, Any]:
        """The answer as it goes over the wire."""
        asked = {"card": self.card, "have": self.digests, "arrival": self.arrival, "state": {"unsent": 0}, **rest}
        with clock.at(at or START + timedelta(hours=2)):
            told: dict[str, Any] = json.loads(msgspec.json.encode(pull(json.dumps(asked).encode(), device=self.device, token=self.token)))
        return told

    def pull(self, **rest: Any) -> dict[str, Any]:
        """Asks, and takes the answer in."""
        self.last = told = self.ask(**rest)
        for name, part in told["parts"].items():
            self.parts[name], self.digests[name] = part["content"], part["digest"]
        for name in told["gone"]:
            del self.parts[name], self.digests[name]
        if told["reach"]["all"]:
            self.reach = {}
        for row in told["reach"]["rows"]:
            if row[4]:
                self.reach[row[0], row[1]] = row
            else:
                self.reach.pop((row[0], row[1]), None)
        self.arrival = told["arrival"]
        return told

    def households(self, area: str) -> list[str]:
        """The households of an area, in order."""
        return [row[0] for row in self.parts.get(f"register:{area}", {}).get("households", ())]

    def persons(self, area: str) -> list[str]:
        """The persons of an area, in order."""
        return [row[0] for row in self.parts.get(f"register:{area}", {}).get("persons", ())]


def phone_of(member: str, *, device: str = "D-1", area: str = TOWN) -> Phone:
    """A phone for a member of the register."""
    with clock.at(START):
        card = card_of(Member.objects.current().get(code=member), by="test")
    return Phone(device, enrol(device, area=area, by="test"), text_of(card))


def phone_for_shift(place: str, *, device: str = "D-2", area: str = TOWN) -> Phone:
    """A phone for somebody who helps for one shift."""
    with clock.at(START):
        where = Place.objects.current().get(code=place)
        card = card_for_shift("志愿者甲", place=where, until=START + timedelta(hours=12), unit="", by="test")
    return Phone(device, enrol(device, area=area, by="test"), text_of(card))


def work_as(member: str, role: str, *, area: str = "") -> None:
    """From now on the member has this role, and works in this area."""
    Member.objects.current().filter(code=member).update(role=role, **({"area": area} if area else {}))
