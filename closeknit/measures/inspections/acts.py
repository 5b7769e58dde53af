"""What the records of one place come to: its findings, the acts against it and how each stands. Pure; kinds go by their wire names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import sha256

from closeknit.ledger.fields import Code, end_of
from closeknit.ledger.models import Event

HOLDS = ("close", "seal")  # acts that end by themselves; the others are overdue when their time is over


class State(Code):
    """How an act stands."""

    UNWRITTEN = "unwritten", "Not on paper", "未出文书"
    UNSERVED = "unserved", "Not served", "未送达"
    IN_FORCE = "in_force", "In force", "执行中"
    OVERDUE = "overdue", "Overdue", "逾期"
    OVER = "over", "Ended by itself", "到期自行结束"
    DONE = "done", "Done", "已履行"
    LIFTED = "lifted", "Lifted", "已解除"
    SET_ASIDE = "set_aside", "Set aside", "已撤销"


TONES = {  # how urgent a state looks
    State.UNWRITTEN: "bad", State.UNSERVED: "watch", State.IN_FORCE: "info", State.OVERDUE: "bad", State.OVER: "quiet",
    State.DONE: "good", State.LIFTED: "good", State.SET_ASIDE: "quiet",
}  # fmt: skip
STANDS = (State.UNWRITTEN, State.UNSERVED, State.IN_FORCE, State.OVERDUE)


def act_code(run: str, place: str, action: str) -> str:
    """The number of an act: an action counts once a place and run, so it is found by the three."""
    return sha256(f"{run.strip()}|{place}|{action}".encode()).hexdigest()[:12]


def plain(words: str) -> str:
    """A finding as it is held against another: blanks do not count."""
    return "".join(words.split())


@dataclass
class Act:
    """One action against a place in one run. `found`: the findings of that run there; `made`: the inspection that first said so."""

    code: str
    place: str
    run: str
    action: str
    made: Event
    found: list[str] = field(default_factory=list)
    inspected_by: set[str] = field(default_factory=set)
    written: Event | None = None
    writings: list[Event] = field(default_factory=list)
    served: Event | None = None
    told: list[Event] = field(default_factory=list)
    ended: Event | None = None
    state_ended: State = State.DONE
    set_aside: Event | None = None
    review: Event | None = None
    objections: list[Event] = field(default_factory=list)
    decisions: list[Event] = field(default_factory=list)

    def end(self, zone: timezone) -> datetime | None:
        """When it ends, or has to be followed; None where a condition ends it."""
        return end_of(str(self.written.data["until"]), zone) if self.written and self.written.data.get("until") else None

    def state(self, now: datetime, zone: timezone) -> State:
        """How it stands at a moment."""
        if self.set_aside:
            return State.SET_ASIDE
        if self.ended:
            return self.state_ended
        if self.written is None:
            return State.UNWRITTEN
        end = self.end(zone)
        if end is not None and now >= end:
            return State.OVER if self.action in HOLDS else State.OVERDUE
        return State.IN_FORCE if self.served else State.UNSERVED

    @property
    def hands(self) -> set[str]:
        """Who has made it: nobody of them decides about an objection to it, or reviews it."""
        return self.inspected_by | {event.member for event in self.writings}


@dataclass
class Finding:
    """One thing that a run found at a place. `time`: which time it was found there within the days that the pack looks back."""

    words: str
    run: str
    at: Event
    actions: set[str] = field(default_factory=set)
    state: str = "found"
    time: int = 1
    reopened: int = 0

    @property
    def is_open(self) -> bool:
        return self.state != "closed"


@dataclass
class Premises:
    """A place as its records tell it: visits, findings and acts in the order in which they came. `decided`: the objections that were;
    `idle`: liftings of what did not stand, or was lifted before."""

    place: str
    visits: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    acts: dict[str, Act] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    decided: set[str] = field(default_factory=set)
    idle: list[Event] = field(default_factory=list)

    @property
    def runs(self) -> list[str]:
        """The runs that came here, each once."""
        return list(dict.fromkeys(str(visit.data["run"]).strip() for visit in self.visits))

    @property
    def open_findings(self) -> list[Finding]:
        return [each for each in self.findings if each.is_open]

    @property
    def repeated(self) -> list[Finding]:
        """What was found here again."""
        return [each for each in self.findings if each.time > 1]


def fold(place: str, events: Iterable[Event], look_back: timedelta) -> Premises:
    """The place as its standing records tell it, in whatever order they come."""
    made = Premises(place, events=sorted(events, key=lambda each: each.order))
    for event in made.events:
        if event.kind == "inspections.inspected":
            _inspected(made, event, look_back)
    made.decided = {str(event.data["objection"]) for event in made.events if event.kind == "inspections.objection_decided"}
    for event in made.events:
        if event.kind in STEPS:
            STEPS[event.kind](made, event)
    return made


def _inspected(made: Premises, event: Event, look_back: timedelta) -> None:
    run, data = str(event.data["run"]).strip(), event.data
    made.visits.append(event)
    for words in data.get("findings", ()):
        _found(made, str(words), run, event, look_back)
    mine = [each for each in made.findings if each.run == run]
    for action in data["actions"]:
        if action == "none":
            continue
        code = act_code(run, made.place, action)
        made.acts.setdefault(code, Act(code, made.place, run, action, event)).inspected_by.add(event.member)
    for act in made.acts.values():
        if act.run == run:
            act.found = [each.words for each in mine]
            for each in mine:
                each.actions.add(act.action)


def _found(made: Premises, words: str, run: str, event: Event, look_back: timedelta) -> None:
    same = [each for each in made.findings if plain(each.words) == plain(words)]
    if not plain(words) or any(each.run == run for each in same):
        return
    earlier = {each.run for each in same if each.at.at >= event.at - look_back}
    made.findings.append(Finding(words, run, event, time=len(earlier) + 1))


def _meant(made: Premises, event: Event) -> list[Finding]:
    """The findings that a rectification or a look-back is about: those of its words, else all."""
    words = plain(str(event.data.get("finding", "")))
    known = [each for each in made.findings if each.at.order <= event.order]
    return [each for each in known if plain(each.words) == words] if words else known


def _rectified(made: Premises, event: Event) -> None:
    for each in _meant(made, event):
        if each.is_open:
            each.state = "rectified"


def _looked_back(made: Premises, event: Event) -> None:
    meant = _meant(made, event)
    for each in meant:
        if event.data["outcome"] == "closed":
            each.state = "closed"
        elif each.state != "reopened":
            each.state, each.reopened = "reopened", each.reopened + 1
    for act in made.acts.values():
        if act.action == "rectify" and act.made.order <= event.order:
            left = any(each.is_open for each in made.findings if each.run == act.run)
            if event.data["outcome"] == "reopened":
                about = not event.data.get("finding") or any(each.run == act.run for each in meant)
                act.ended = None if about else act.ended
            elif not left:
                act.ended, act.state_ended = event, State.DONE


def _lifted(made: Premises, event: Event) -> None:
    acts = [act for act in made.acts.values() if act.action == event.data["action"] and act.made.order <= event.order and act.ended is None]
    for act in acts:
        act.ended, act.state_ended = event, State.LIFTED
    if not acts:
        made.idle.append(event)


def _written(made: Premises, event: Event) -> None:
    if act := made.acts.get(event.topic):
        act.written, act.served = event, None
        act.writings.append(event)


def _served(made: Premises, event: Event) -> None:
    if act := made.acts.get(event.topic):
        act.served = event


def _carried_out(made: Premises, event: Event) -> None:
    if act := made.acts.get(event.topic):
        act.ended, act.state_ended = event, State.DONE


def _told(made: Premises, event: Event) -> None:
    if act := made.acts.get(str(event.data.get("act", ""))):
        act.told.append(event)


def _objected(made: Premises, event: Event) -> None:
    act = made.acts.get(str(event.data.get("act", "")))
    if act is None:
        wanted = event.data.get("action")
        known = [each for each in made.acts.values() if each.made.order <= event.order and wanted in (None, each.action)]
        act = known[-1] if known else None
    if act and event.topic not in made.decided:
        for each in made.acts.values():
            each.objections = [other for other in each.objections if other.topic != event.topic]
        act.objections.append(event)


def _decided(made: Premises, event: Event) -> None:
    if act := made.acts.get(event.topic):
        act.decisions.append(event)
        act.set_aside = event if event.data["outcome"] == "set_aside" else act.set_aside


def _reviewed(made: Premises, event: Event) -> None:
    if act := made.acts.get(event.topic):
        act.review = event
        act.set_aside = event if event.data["outcome"] == "set_aside" else act.set_aside


STEPS = {
    "inspections.rectified": _rectified, "inspections.looked_back": _looked_back, "inspections.lifted": _lifted,
    "inspections.written": _written, "inspections.served": _served, "inspections.carried_out": _carried_out,
    "inspections.department_told": _told, "inspections.objected": _objected, "inspections.objection_decided": _decided,
    "legality.reviewed": _reviewed,
}  # fmt: skip
