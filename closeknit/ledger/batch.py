"""One transaction's records against what the ledger and the register hold: each is decided, then all is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from django.db.models import Q

from closeknit.kit.clock import now as clock_now
from closeknit.kit.sealing import seal, unseal
from closeknit.kit.text import Text
from closeknit.ledger import bulk, insertion
from closeknit.ledger.fields import Invalid
from closeknit.ledger.judge import Judged, digest_of, judge
from closeknit.ledger.models import Clock, Event, Refusal
from closeknit.ledger.register import Asked, Known, known, not_below
from closeknit.ledger.wire import Push

CONFLICT = Invalid(
    "id",
    "conflict",
    Text("Another record has this id already; the first stands, both are kept.", "该编号已有另一条记录，以先到者为准，两条均保留。"),
)
NOT_BELOW = Text(
    "This reaches areas below {sender} alone. Not below it: {codes}. Take them out, or ask the level above to say it.",
    "只能发给 {sender} 的下级单位。以下代码不属于其下级：{codes}。请删去，或报上级下发。",
)
MOST_NAMED = 5
AT_ONCE = 200  # conditions in one statement; SQLite takes no thousand


@dataclass(frozen=True)
class Answer:
    """What became of one record: accepted, duplicate, conflict, waiting, or rejected with the field and the reason."""

    id: str
    status: str
    field: str = ""
    reason: str = ""
    text: Text | None = None


@dataclass
class Item:
    """A record on its way: as it came, and judged or refused."""

    raw: Any
    push: Push
    digest: bytes = b""
    judged: Judged | None = None
    invalid: Invalid | None = None
    refusal: Refusal | None = None
    answer: Answer | None = None

    @cached_property
    def id(self) -> str:
        given = self.raw.get("id") if isinstance(self.raw, Mapping) else None
        return str(self.judged.id) if self.judged else _printable(given, 100)


def by_seq(item: Item) -> float:
    seq = item.raw.get("seq") if isinstance(item.raw, Mapping) else None
    return seq if isinstance(seq, int | float) and not isinstance(seq, bool) else float("inf")


def taken(raw: Any, push: Push) -> Item:
    item = Item(raw=raw, push=push)
    try:
        item.judged = judge(raw, push)
        item.digest = item.judged.digest
    except Invalid as invalid:
        item.invalid, item.digest = invalid, digest_of(raw)
    return item


@dataclass
class Batch:
    """One transaction's records against what the ledger and the register hold."""

    clock: Clock
    items: list[Item]
    accepted: list[Event] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    settled: list[Refusal] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    held: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    made_by: dict[str, tuple[str, str]] = field(default_factory=dict)
    turned_down: dict[tuple[str, bytes], Refusal] = field(default_factory=dict)  # by id and content
    once_turned_down: set[str] = field(default_factory=set)  # the ids, whatever the content was
    known: Known = field(default_factory=Known)
    introduced: set[str] = field(default_factory=set)
    revived: set[str] = field(default_factory=set)
    locked_at: datetime = field(default_factory=clock_now)

    def settle(self) -> None:
        """Decides every record, then writes."""
        ids = [item.judged.id for item in self.items if item.judged]
        corrected = [item.judged.corrects for item in self.items if item.judged and item.judged.corrects]
        columns = ("id", "kind", "digest", "device", "member")
        for event_id, kind, digest, device, member in Event.objects.filter(id__among=frozenset([*ids, *corrected])).values_list(*columns):
            self.held[str(event_id)] = (kind, bytes(digest))
            self.made_by[str(event_id)] = (device, member)
        self._recall_refusals()
        self._learn([item.judged for item in self.items if item.judged])
        self.revive({code for item in self.items if item.judged for _, code in item.judged.said.introduces(item.judged.id)})
        for item in self.items:
            self._decide(item)
            self.wake_introduced(self._received(item.push))
        self.write()

    def _recall_refusals(self) -> None:
        """Which of the ids were turned down before, and which of these records to the letter: of one id there may be any number, and of
        records without an id all bear the same."""
        ids = frozenset(item.id for item in self.items)
        self.once_turned_down = set(Refusal.objects.filter(event_id__among=ids).values_list("event_id", flat=True).distinct())
        contents = sorted({(item.id, item.digest) for item in self.items if item.id in self.once_turned_down})
        for start in range(0, len(contents), AT_ONCE):
            either = [Q(event_id=event_id, digest=digest) for event_id, digest in contents[start : start + AT_ONCE]]
            for refusal in Refusal.objects.filter(Q(*either, _connector=Q.OR)).defer("body"):
                self.turned_down[refusal.event_id, bytes(refusal.digest)] = refusal

    def _received(self, push: Push) -> datetime:
        return self.locked_at if push.live else push.received_at

    def _learn(self, judged: Sequence[Judged]) -> None:
        asked: dict[str, set[str]] = {"area": set(), "person": set(), "household": set(), "place": set(), "member": set()}
        for each in judged:
            asked["area"].update((each.area, *each.said.below()[1]))
            asked["member"].add(each.push.member)
            for reference, code in each.mentions:
                asked[reference].add(code)
        self.known = known(Asked(**asked))

    def _decide(self, item: Item) -> None:
        earlier = self.held.get(item.id)
        if earlier:
            return self._answer(item, "duplicate") if earlier[1] == item.digest else self._refuse(item, CONFLICT, Refusal.Status.CONFLICT)
        if item.id in self.once_turned_down and item.id:
            same = self.turned_down.get((item.id, item.digest))
            return self._repeat(item, same) if same else self._refuse(item, CONFLICT, Refusal.Status.CONFLICT)
        invalid = item.invalid or self._against_register(item)
        if invalid:
            return self._refuse(item, invalid, Refusal.Status.REJECTED)
        missing = self._missing(item)
        if missing:
            self.waiting.append(item)
            return self._refuse(item, _unknown(*missing), Refusal.Status.WAITING, waits_for=missing[1])
        self._accept(item, self._received(item.push))
        return None

    def _repeat(self, item: Item, refusal: Refusal) -> None:
        text = CONFLICT.text if refusal.reason == CONFLICT.reason else None
        item.answer = Answer(item.id, refusal.status, refusal.field, refusal.reason, text)

    def _against_register(self, item: Item) -> Invalid | None:
        judged = item.judged
        assert judged is not None
        if judged.area not in self.known.area:
            return Invalid(
                "area", "unknown_area", Text("This area is not known here. Choose it from the list.", "未知的地区代码。请从列表中选择。")
            )
        original = self.held.get(str(judged.corrects)) if judged.corrects else None
        if original and judged.kind.name not in (insertion.VOIDED, original[0]):
            return Invalid(
                "corrects", "other_kind", Text("A correction is of the same kind as what it corrects.", "更正须与原记录类型相同。")
            )
        name, codes = judged.said.below()
        outside = not_below(codes, judged.area, self.known.paths)
        if outside:
            return Invalid(f"data.{name}", "outside", NOT_BELOW.format(sender=judged.area, codes="、".join(outside[:MOST_NAMED])))
        return None

    def _missing(self, item: Item) -> tuple[str, str] | None:
        assert item.judged is not None
        return next((pair for pair in item.judged.mentions if not self.known.has(*pair)), None)

    def _accept(self, item: Item, received_at: datetime) -> None:
        judged = item.judged
        assert judged is not None
        self.clock.arrival += 1
        self.accepted.append(_event(judged, received_at, self.clock.arrival, self._flags(judged)))
        self.held[item.id] = (judged.kind.name, item.digest)
        for reference, code in judged.said.introduces(judged.id):
            self.known.add(reference, code)
            self.introduced.add(code)
        self._answer(item, "accepted")

    def _flags(self, judged: Judged) -> str:
        works_in = self.known.member_area.get(judged.push.member)
        if works_in is None:
            flags = ["unknown_member"]
        else:
            flags = [] if f"/{works_in}/" in self.known.paths.get(judged.area, "") else ["outside_area"]
        return " ".join([*flags, *self._flags_of_hand(judged)])

    def _flags_of_hand(self, judged: Judged) -> Iterator[str]:
        push, hand = judged.push, judged.push.hand
        if hand is None:
            return
        yield from hand.flags
        if hand.usual is not None and judged.kind.name not in hand.usual:
            yield "other_work"
        device, member = self.made_by.get(str(judged.corrects), (push.device, push.member))
        if device != push.device and member != push.member:
            yield "anothers"

    def _answer(self, item: Item, status: str) -> None:
        item.answer = Answer(item.id, status)

    def _refuse(self, item: Item, invalid: Invalid, status: Refusal.Status, *, waits_for: str = "") -> None:
        item.answer = Answer(item.id, str(status.value), invalid.field, invalid.reason, invalid.text)
        if (item.id, item.digest) in self.turned_down:
            return
        item.refusal = _refusal(item, invalid, status, waits_for)
        self.refused.append(item.refusal)
        self.turned_down[item.id, item.digest] = item.refusal
        self.once_turned_down.add(item.id)

    def wake(self, codes: set[str], received_at: datetime) -> None:
        """Judges again the records, of this batch and of earlier ones, that waited for one of these codes."""
        self.revive(codes)
        woken = [item for item in self.waiting if item.refusal and item.refusal.status == "waiting" and item.refusal.waits_for in codes]
        for item in woken:
            self._reconsider(item, received_at)

    def revive(self, codes: set[str]) -> None:
        """Brings the earlier records that wait for these codes into the batch; asks the database once for each code."""
        codes = codes - self.revived
        self.revived |= codes
        if not codes:
            return
        stored = Refusal.objects.filter(status=Refusal.Status.WAITING, waits_for__in=codes).order_by("received_at", "seq", "id")
        fresh = [item for item in map(_revived, stored) if item]
        self.waiting = [*fresh, *self.waiting]
        if fresh:
            more = known(_asked([item.judged for item in fresh if item.judged]))
            for name in ("area", "household", "person", "place"):
                getattr(self.known, name).update(getattr(more, name))
            self.known.paths, self.known.member_area = {**more.paths, **self.known.paths}, {**more.member_area, **self.known.member_area}

    def wake_introduced(self, received_at: datetime) -> None:
        """Wakes what waited for the codes that the last record introduced, and what waited for those in turn."""
        while self.introduced:
            codes, self.introduced = self.introduced, set()
            self.wake(codes, received_at)

    def _reconsider(self, item: Item, received_at: datetime) -> None:
        refusal, missing = item.refusal, self._missing(item)
        assert refusal is not None
        if missing:
            refusal.waits_for = missing[1]
        else:
            refusal.status, refusal.settled_at, refusal.waits_for = Refusal.Status.SETTLED, received_at, ""
            self._accept(item, received_at)
        if refusal not in self.refused:
            self.settled.append(refusal)

    def write(self) -> None:
        """Writes what was decided; the clock of arrivals last."""
        bulk.insert(Refusal, [_columns(refusal) for refusal in self.refused])
        bulk.update(
            Refusal,
            [{"id": row.id, "status": row.status, "waits_for": row.waits_for, "settled_at": row.settled_at} for row in self.settled],
            key="id",
        )
        if self.accepted:
            insertion.insert(self.accepted)
            self.clock.save()


def _asked(judged: Sequence[Judged]) -> Asked:
    codes: dict[str, set[str]] = {"person": set(), "household": set(), "place": set()}
    for each in judged:
        for reference, code in each.mentions:
            codes[reference].add(code)
    return Asked(area={each.area for each in judged}, member={each.push.member for each in judged}, **codes)


def _unknown(reference: str, code: str) -> Invalid:
    return Invalid(
        reference,
        "not_known_yet",
        Text("This code is not known yet; the record waits for it.", "该编码尚未登记，记录已暂存，待其登记后自动生效。"),
    )


def _event(judged: Judged, received_at: datetime, arrival: int, flags: str) -> Event:
    open_names = judged.kind.open
    open_data = {name: value for name, value in judged.data.items() if name in open_names}
    personal = {name: value for name, value in judged.data.items() if name not in open_names}
    return Event.told_by(
        id=judged.id, kind=judged.kind.name, at=judged.at, said_at=judged.said_at, received_at=received_at, arrival=arrival, seq=judged.seq,
        device=judged.push.device, member=judged.push.member, area=judged.area, person=judged.person, household=judged.household,
        place=judged.place, topic=judged.said.topic(judged.id, judged.corrects)[:120], data=open_data,
        personal=seal(personal, about=f"event|{judged.id}"), digest=judged.digest, corrects=judged.corrects,
        superseded_at=None, clock_error=judged.clock_error, flags=flags,
    )  # fmt: skip


def _refusal(item: Item, invalid: Invalid, status: Refusal.Status, waits_for: str) -> Refusal:
    raw = item.raw if isinstance(item.raw, Mapping) else {}
    seq = raw.get("seq")
    refusal = Refusal(
        event_id=item.id, status=status, field=invalid.field[:60], reason=invalid.reason, waits_for=waits_for,
        kind=_printable(raw.get("kind"), 60), area=_printable(raw.get("area"), 32), device=item.push.device, member=item.push.member,
        seq=seq if isinstance(seq, int) and not isinstance(seq, bool) and abs(seq) < 2**62 else None,
        pushed_at=item.push.pushed_at, received_at=item.push.received_at, digest=item.digest,
    )  # fmt: skip
    refusal.body = seal({"raw": msgspec.json.encode(item.raw).decode()}, about=f"refusal|{refusal.id}")
    return refusal


def _printable(value: Any, longest: int) -> str:
    """What somebody sent in place of a code, in a form that every database takes."""
    return "".join(character for character in str(value or "") if character.isprintable())[:longest]


def _revived(refusal: Refusal) -> Item | None:
    raw = msgspec.json.decode(unseal(refusal.body, about=f"refusal|{refusal.id}")["raw"])
    push = Push(device=refusal.device, member=refusal.member, events=(), pushed_at=refusal.pushed_at, received_at=refusal.received_at)
    item = taken(raw, push)
    item.refusal = refusal
    return item if item.judged else None


def _columns(refusal: Refusal) -> dict[str, Any]:
    return {str(each.column): getattr(refusal, each.attname) for each in Refusal._meta.concrete_fields}
