"""The rules that every figure follows, reckoned over plain records: when, once, standing, as of, where, and who is one person."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.reckoning.facts import DOOR_AREA, HOME, lies_in

LOCAL = timedelta(hours=8)
SMALLEST_ERROR_S = 120


@dataclass(frozen=True)
class Entry:
    """One record, its time by the server's clock, and when the server had it."""

    id: str
    kind: str
    when: datetime
    received: datetime
    seq: int
    member: str
    device: str
    area: str
    person: str
    household: str
    place: str
    corrects: str
    data: dict[str, Any]

    @property
    def order(self) -> tuple[datetime, datetime, int, str]:
        """The later of two is the one with the greater order."""
        return self.when, self.received, self.seq, self.id


@dataclass(frozen=True)
class Asked:
    """What is asked: an area, from ≤ when < to, as known at a time (None: with all that is known)."""

    area: str
    start: datetime
    end: datetime
    as_of: datetime | None

    def holds(self, entry: Entry) -> bool:
        """Whether a count of the area and window counts the record."""
        return lies_in(entry.area, self.area) and self.start <= entry.when < self.end


def local_day(moment: datetime) -> Any:
    """The local day of a time."""
    return (moment + LOCAL).date()


def local_time(day: Any, hour: int = 0) -> datetime:
    """The moment of a local hour of a day."""
    return datetime.fromisoformat(f"{day}T00:00:00+00:00") - LOCAL + timedelta(hours=hour)


class Book:
    """All records of some pushes, each once."""

    def __init__(self, pushes: Iterable[dict[str, Any]]) -> None:
        self.entries: dict[str, Entry] = {}
        self.stand: dict[datetime | None, list[Entry]] = {}
        waiting: list[Entry] = []
        seen: set[str] = set()
        for push in sorted(pushes, key=lambda each: each["received_at"]):
            for event in sorted(push["events"], key=lambda each: each["seq"]):
                if event["id"] not in seen:
                    seen.add(event["id"])
                    waiting.append(_entry(event, push))
            # A record that names somebody who is not known yet is taken in when the one that tells of them comes.
            taken = True
            while taken:
                taken = [each for each in waiting if all(code in self.entries for code in _found_in(each))]
                for each in taken:
                    waiting.remove(each)
                    self.entries[each.id] = Entry(**{**vars(each), "received": push["received_at"]})

    def standing(self, *kinds: str, as_of: datetime | None) -> list[Entry]:
        """The standing records of these kinds as known then, in their order."""
        if as_of not in self.stand:
            self.stand[as_of] = list(self._stand(as_of))
        return [each for each in self.stand[as_of] if each.kind in kinds]

    def _stand(self, as_of: datetime | None) -> Iterator[Entry]:
        known = sorted((each for each in self.entries.values() if as_of is None or each.received <= as_of), key=lambda each: each.order)
        rivals: dict[str, Entry] = {}  # of several corrections of one record, a withdrawal among them, the latest received
        for each in sorted(known, key=lambda one: (one.received, one.seq, one.id)):
            rivals[each.corrects] = each
        for each in known:
            if each.id not in rivals and (not each.corrects or rivals[each.corrects] is each):
                yield each

    def counted(self, asked: Asked, *kinds: str) -> list[Entry]:
        """The standing records of these kinds in the area and the window."""
        return [each for each in self.standing(*kinds, as_of=asked.as_of) if asked.holds(each)]

    def until(self, asked: Asked, *kinds: str) -> list[Entry]:
        """The standing records of these kinds before the window's end, wherever."""
        return [each for each in self.standing(*kinds, as_of=asked.as_of) if each.when < asked.end]

    def root(self, code: str, as_of: datetime | None = None) -> str:
        """The id of what a correction corrects in the end, as far as was known then; of any other record its own."""
        while code in self.entries and self.entries[code].corrects and (as_of is None or self.entries[code].received <= as_of):
            code = self.entries[code].corrects
        return code

    def one_code(self, asked: Asked) -> Callable[[str], str]:
        """From each code of a person or household to the one into which it was merged, as known then."""
        merged = {each.person or each.household: each.data["canonical"] for each in self.standing("registry.merged", as_of=asked.as_of)}

        def one(code: str) -> str:
            while code in merged:
                code = merged[code]
            return code

        return one

    def finds(self, asked: Asked) -> dict[str, Entry]:
        """What was said last of everybody and every household that was found, whenever; by the code of the first word on them."""
        return {f"found:{self.root(each.id)}": each for each in self.standing("registry.found", as_of=asked.as_of)}

    def home(self, code: str, asked: Asked) -> str:
        """Where a person or household lies: their roster row; who stands in none: where they were found; "" where neither is known."""
        if code.startswith("found:"):
            return self.finds(asked)[code].area if code in self.finds(asked) else ""
        return HOME.get(code) or DOOR_AREA.get(code, "")


def _entry(event: dict[str, Any], push: dict[str, Any]) -> Entry:
    at = datetime.fromisoformat(event["at"])
    drift = (push["received_at"] - push["pushed_at"]).total_seconds() if push["pushed_at"] else 0
    error = event.get("clock_error", drift)
    when = at + timedelta(seconds=error) if abs(error) > SMALLEST_ERROR_S else at
    references = {name: event.get(name, "") for name in ("person", "household", "place", "corrects")}
    return Entry(
        id=event["id"], kind=event["kind"], when=when, received=push["received_at"], seq=event["seq"], member=push["member"],
        device=push["device"], area=event["area"], data=event["data"], **references,
    )  # fmt: skip


def _found_in(entry: Entry) -> list[str]:
    """The ids of the found persons and households that a record names."""
    named = (entry.person, entry.household, entry.data.get("household", ""), entry.data.get("canonical", ""))
    return [code.removeprefix("found:") for code in named if code.startswith("found:")]
