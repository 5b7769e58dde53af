"""A made-up day as phones send it: late, twice, out of order, put right, withdrawn, by clocks that are wrong. Plain dictionaries."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.reckoning.facts import PEOPLE, VILLAGES
from tests.town import COUNTY, GRID, START, WEST

Record = dict[str, Any]
SPAN = timedelta(days=2, hours=12)
# By how many seconds the server's clock is ahead of the device's. D4 is so little wrong that its times stand; D5 says its error itself.
CLOCKS = {"D1": 0, "D2": 2_820, "D3": -10_800, "D4": 75, "D5": 7_200, "D6": 0}
MEMBERS = ("W1", "W2", "W3")


class Day:
    """Collects what was said, with the true time of each; then makes the pushes of it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.said: list[tuple[str, datetime, Record]] = []
        self.by_id: dict[str, tuple[str, datetime, Record]] = {}

    def code(self) -> str:
        """An id as a phone makes it."""
        return str(UUID(int=self.random.getrandbits(128) & ~(0xF << 76) & ~(3 << 62) | (7 << 76) | (2 << 62)))

    def time(self, earliest: datetime = START, latest: datetime | None = None) -> datetime:
        """Some time of the days, on ten minutes: several things may be said at the same time."""
        last = max(latest or START + SPAN, earliest + timedelta(minutes=10))
        return earliest + timedelta(minutes=10 * self.random.randrange((last - earliest) // timedelta(minutes=10)))

    def chance(self, share: float) -> bool:
        """True so often."""
        return self.random.random() < share

    def one(self, *of: Any) -> Any:
        """One of these."""
        return self.random.choice(of)

    def say(self, kind: str, when: datetime, area: str = "", *, device: str = "", corrects: str = "", **rest: Any) -> str:
        """Something is said at a true time; its id. References stand in `rest`, all else of it is data."""
        device = device or self.random.choice(tuple(CLOCKS))
        references = {name: rest.pop(name) for name in ("person", "household", "place") if rest.get(name)}
        event: Record = {
            "id": self.code(), "kind": kind, "at": (when - timedelta(seconds=CLOCKS[device])).isoformat(),
            "seq": 1 + sum(1 for each, _, _ in self.said if each == device), "area": area or self.random.choice(VILLAGES),
            **references, "data": {name: value for name, value in rest.items() if value is not None},
        }  # fmt: skip
        if corrects:
            event["corrects"] = corrects
        if device == "D5":
            event["clock_error"] = CLOCKS[device]
        self.said.append((device, when, event))
        self.by_id[event["id"]] = self.said[-1]
        return event["id"]

    def correct(self, wrong: str, when: datetime | None = None, *, area: str = "", **changes: Any) -> str:
        """The record is replaced by one with other data; its time, area and references stay where nothing else is said."""
        _, said, event = self.by_id[wrong]
        references = {name: event[name] for name in ("person", "household", "place") if name in event}
        rest = {"reason": "更正", **event["data"], **references, **changes}
        return self.say(event["kind"], when or said, area or event["area"], corrects=wrong, **rest)

    def void(self, wrong: str) -> None:
        """The record is withdrawn."""
        self.say("ledger.voided", self.by_id[wrong][1] + timedelta(minutes=30), self.by_id[wrong][2]["area"], corrects=wrong, reason="误报")

    def put_right(self, kinds: tuple[str, ...], changes: Callable[[Record], Record], share: float = 0.2) -> None:
        """Some records are withdrawn, some replaced, some of these replaced or withdrawn again, some replaced twice over."""
        for _, when, event in [each for each in self.said if each[2]["kind"] in kinds]:
            if not self.chance(share):
                continue
            if self.chance(0.3):
                self.void(event["id"])
                continue
            moved = when + timedelta(minutes=self.one(0, 0, -90, 200))
            better = self.correct(event["id"], moved, **changes(event))
            if self.chance(0.3):
                self.correct(self.one(better, event["id"]), moved, **changes(event))
            elif self.chance(0.3):
                self.void(self.one(better, event["id"]))

    def found_person(self, merged_into: str = "", **data: Any) -> str:
        """Somebody of no roster is found; later they may prove to be somebody of it. Their code."""
        found = self.say("registry.found", self.time(START - timedelta(hours=6), START + timedelta(hours=12)), what="person", **data)
        if merged_into:
            self.say("registry.merged", self.time(), person=f"found:{found}", canonical=merged_into, reference="person")
        return f"found:{found}"

    def people(self) -> list[str]:
        """Everybody to whom things happen: the roster, two who were found, one of whom is in it after all, and one of the roster twice."""
        self.say("registry.merged", self.time(), WEST, person="P4", canonical="Q3", reference="person")
        return [*PEOPLE, self.found_person(), self.found_person(merged_into=self.one("P5", "Q8", "Q1"))]

    def pushes(self) -> list[Record]:
        """The pushes in the order in which the server gets them; no two at the same moment."""
        pushes: list[Record] = []
        for device, error in CLOCKS.items():
            rows = [(when, event) for each, when, event in self.said if each == device]
            while rows:
                some = [rows.pop(0) for _ in range(min(len(rows), self.random.randint(1, 6)))]
                latest = max(when for when, _ in some)
                self._push(pushes, device, error, latest, [event for _, event in some])
        return sorted(pushes, key=lambda push: push["received_at"])

    def _push(self, pushes: list[Record], device: str, error: int, latest: datetime, events: list[Record]) -> None:
        """One push, and sometimes the same records in a second one."""
        self.random.shuffle(events)
        for again in range(1 + self.chance(0.3)):
            delay = self.one(timedelta(minutes=self.random.randint(1, 40)), timedelta(hours=self.random.randint(1, 30)))
            received = latest + delay * (1 + again) + timedelta(seconds=self.random.randint(0, 59), microseconds=len(pushes))
            pushed = received - timedelta(seconds=0 if device == "D5" else error) - timedelta(seconds=self.one(0, 0, 4))
            sent = [dict(event) for event in events]
            if again and self.chance(0.3):
                # other content under the same id: what came first stands. What goes to areas below must come from above them
                goes_below = isinstance(sent[0]["data"].get("to"), list)
                sent[0]["area"] = COUNTY if goes_below else GRID if sent[0]["area"] != GRID else WEST
            pushes.append({
                "device": device, "member": self.one(*MEMBERS), "received_at": received,
                "pushed_at": None if self.chance(0.1) else pushed, "events": sent,
            })  # fmt: skip
