"""How one item stands by what was said of it: pure, from the standing records alone, in whatever order they came."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from closeknit.ledger.models import Event

STEPS = ("lists.pushed", "lists.matched", "lists.assigned", "lists.verified", "lists.returned", "lists.colour_read")
FINAL = frozenset({"at_home", "elsewhere", "moved", "unknown", "referred"})  # outcomes with which an item is closed
CONTROLLED = frozenset({"central", "home", "home_monitor"})


@dataclass(frozen=True)
class Standing:
    """An item: where it lies, by when it is due, and what became of it. state: open, tried, verified or returned."""

    topic: str
    list: str
    source: str
    area: str
    pushed_at: datetime
    times: int
    deadline: datetime | None
    person: str = ""
    household: str = ""
    how: str = ""
    candidates: tuple[str, ...] = ()
    colour: str = ""
    colour_doubtful: bool = False
    state: str = "open"
    outcome: str = ""
    measure: str = ""
    way: str = ""
    member: str = ""
    changed_at: datetime | None = None
    last: Event | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether it is still somebody's work."""
        return self.state in ("open", "tried")

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been closed by now."""
        return self.is_open and self.deadline is not None and self.deadline <= now


def standing_of(topic: str, steps: Sequence[Event]) -> Standing | None:
    """What the steps of one item, in their order, come to; None where nobody pushed it."""
    pushes = _of(steps, "lists.pushed")
    if not pushes:
        return None
    matches, places = _of(steps, "lists.matched"), _of(steps, "lists.assigned")
    named = [each for each in matches if each.person]
    match = matches[-1] if matches else None
    lies = max([*places, *named], key=lambda each: each.order, default=pushes[0])
    words = _of(steps, "lists.verified", "lists.returned")
    word = words[-1] if words else None
    said = word.data if word and word.kind == "lists.verified" else {}
    last = max([*places, *words, pushes[0]], key=lambda each: each.order)
    return Standing(
        topic, pushes[0].data["list"], pushes[0].data["source"], lies.area, pushes[0].at, len(pushes), _deadline(pushes, places),
        person=match.person if match else "", household=match.household if match else "",
        how=match.data["how"] if match else "", candidates=tuple(match.data.get("candidates", ())) if match else (),
        **_colour(pushes, _of(steps, "lists.colour_read")), state=_state(word), outcome=said.get("outcome", ""),
        measure=said.get("measure", ""), way=said.get("way", ""), member=word.member if word else "", changed_at=last.at, last=last,
    )  # fmt: skip


def _of(steps: Sequence[Event], *kinds: str) -> list[Event]:
    return [step for step in steps if step.kind in kinds]


def _state(word: Event | None) -> str:
    if word is None:
        return "open"
    if word.kind == "lists.returned":
        return "returned"
    return "verified" if word.data["outcome"] in FINAL else "tried"


def _deadline(pushes: Sequence[Event], places: Sequence[Event]) -> datetime | None:
    """The latest that was said when it was given to a village, else the earliest with which it was pushed."""
    said = [each.data["deadline"] for each in places if each.data.get("deadline")][-1:]
    said = said or [each.data["deadline"] for each in pushes if each.data.get("deadline")]
    return min((datetime.fromisoformat(each) for each in said), default=None)


def _colour(pushes: Sequence[Event], decided: Sequence[Event]) -> dict[str, str | bool]:
    """The colour that a person decided on, else the one that was read out of the latest push that has one."""
    if decided:
        return {"colour": decided[-1].data["colour"]}
    written = [each for each in pushes if each.data.get("colour")]
    reads = written[-1].data.get("reads_as", "") if written else ""
    return {"colour": reads, "colour_doubtful": bool(written) and not reads}
