"""Letters that came by the rescue door or in a file: kept as they came, and recorded where nobody has to look first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.ledger.record import Answer, lock, record_pushes
from closeknit.ledger.wire import MOST_EVENTS, BadPush, Push, take_apart
from closeknit.sync.enrolment.contact import device_of, note_push
from closeknit.sync.enrolment.letters import Bundle, Sealed, Unopened, bundle, opened
from closeknit.sync.hands import by_phones
from closeknit.sync.models import Device, Letter

MOST_WAITING = 20_000  # letters of one phone that nobody has decided about: twice what a week of work makes
MOST_WAITING_BYTES = 40_000_000  # of these letters: 2 KB each
FULL = Text(
    "The clerk has to decide about what this phone brought before. It stays on the phone; export it to a file.",
    "须由专干先处理本机此前送达的记录。未上传的记录仍保存在手机上，也可导出文件。",
)
OTHER_PHONE = Text("These letters are of a phone that is not known here.", "这些记录来自本服务器未登记的手机。")


@dataclass
class Outcome:
    """What became of letters: how many were kept, which of them for the first time, and what the ledger answered."""

    device: str
    letters: int = 0
    kept: int = 0
    new: int = 0
    waiting: int = 0
    unreadable: list[int] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def count(self, *statuses: str) -> int:
        """How many letters the ledger answered so."""
        return sum(answer.status in statuses for answer in self.answers)


def rescue(body: bytes, *, device: str, token: str) -> dict[str, int]:
    """Keeps the letters, durable when this returns. Those of a revoked phone wait for a clerk, and so do those that one phone brings
    for another (which it was before it was enrolled again). Raises `BadPush`."""
    caller = device_of(device, token)
    brought = bundle(body)
    of = caller if brought.device == caller.code else Device.objects.filter(pk=brought.device).first()
    if of is None:
        raise BadPush("device", OTHER_PHONE, 403)
    note_push(caller, clock.now())
    if _is_full(caller):
        raise BadPush("letters", FULL, 429)
    outcome = keep(brought, by=caller.code)
    if of.code == caller.code and of.revoked_at is None:
        take_in(of_bundle(brought).exclude(state=Letter.State.REFUSED), by="", outcome=outcome)
    return {"kept": outcome.kept, "new": outcome.new}


def _is_full(phone: Device) -> bool:
    """Whether too much waits that it brought, its own and others': whoever has stolen a phone shall not fill the disk with letters."""
    waiting = Letter.objects.filter(state__in=(Letter.State.WAITING, Letter.State.UNREADABLE))
    brought = waiting.filter(Q(device=phone.code, brought_by="") | Q(brought_by=phone.code))
    held = brought.aggregate(letters=Count("id"), bytes=Sum(Length("sealed"), default=0))
    return bool(held["letters"] >= MOST_WAITING or held["bytes"] >= MOST_WAITING_BYTES)


def keep(brought: Bundle, *, by: str = "") -> Outcome:
    """Keeps each letter once, by device, number and content, in one statement that does not wait for anything else. by: the phone that
    brought them; nothing for a file."""
    now, by = clock.now(), "" if by == brought.device else by
    rows = {
        (letter.seq, letter.digest): {
            "id": uuid7(), "device": brought.device, "brought_by": by, "seq": letter.seq, "member": letter.member,
            "digest": letter.digest, "sealed": msgspec.json.encode([letter.epk, letter.iv, letter.box]), "received_at": now,
            "state": Letter.State.WAITING.value,
            "answer": "", "reason": "", "decided_at": None, "decided_by": "",
        }
        for letter in sorted(brought.letters, key=lambda each: (each.seq, each.digest))
    }  # fmt: skip
    with transaction.atomic():
        bulk.insert(Letter, list(rows.values()), conflict=("device", "seq", "digest"))
        held = of_bundle(brought).values_list("seq", "digest", "id")
        kept = {(seq, bytes(digest)): number for seq, digest, number in held}
    known = [kept[key] == row["id"] for key, row in rows.items()]
    return Outcome(brought.device, letters=len(rows), kept=len(known), new=sum(known))


def of_bundle(brought: Bundle) -> "QuerySet[Letter]":
    """The letters of a bundle, as they are kept."""
    return Letter.objects.filter(device=brought.device, digest__in={letter.digest for letter in brought.letters})


def take_in(letters: "QuerySet[Letter]", *, by: str, outcome: Outcome | None = None) -> Outcome:
    """Opens the letters that are not taken in yet and records them; what cannot be opened stays, and says so."""
    outcome = outcome or Outcome("")
    with transaction.atomic():
        lock()  # the ledger before the letters, as who destroys them does: in the other order each would wait for the other
        open_ones = letters.exclude(state=Letter.State.TAKEN).select_for_update().order_by("device", "seq", "id")
        read: list[tuple[Letter, Any]] = []
        for letter in open_ones:
            try:
                read.append((letter, _event(letter)))
            except Unopened:
                outcome.unreadable.append(letter.seq)
                _decide(letter, Letter.State.UNREADABLE, by=by)
        for letter, answer in _recorded(read, clock.now()):
            outcome.answers.append(answer)
            letter.sealed, letter.answer = None, answer.status
            _decide(letter, Letter.State.TAKEN, by=by)
    return outcome


def refuse(letters: "QuerySet[Letter]", *, by: str, reason: str) -> int:
    """Leaves waiting letters out of the ledger, with a reason; they stay kept. How many."""
    waiting = letters.filter(state__in=(Letter.State.WAITING, Letter.State.UNREADABLE))
    return waiting.update(state=Letter.State.REFUSED, reason=reason, decided_at=clock.now(), decided_by=by)


def _event(letter: Letter) -> Any:
    epk, iv, box = msgspec.json.decode(bytes(letter.sealed or b""))
    plain = opened(Sealed(letter.seq, letter.member, epk, iv, box), device=letter.device)
    try:
        events = take_apart(b'{"device":"D","member":"M","events":[%b]}' % plain, received_at=clock.now()).events
    except BadPush as error:
        raise Unopened from error
    if len(events) != 1 or not isinstance(events[0], dict) or events[0].get("seq") != letter.seq:
        raise Unopened
    return events[0]


def _recorded(read: Sequence[tuple[Letter, Any]], now: datetime) -> Iterable[tuple[Letter, Answer]]:
    """The ledger's answer to each; one push for each device and member, as the phone would have pushed them."""
    by_hand: dict[tuple[str, str], list[tuple[Letter, Any]]] = {}
    for letter, event in read:
        by_hand.setdefault((letter.device, letter.member), []).append((letter, event))
    parts = [(hand, items[start : start + MOST_EVENTS]) for hand, items in by_hand.items() for start in range(0, len(items), MOST_EVENTS)]
    pushes = [
        Push(device=device, member=member, events=[event for _, event in part], pushed_at=None, received_at=now, live=True)
        for (device, member), part in parts
    ]
    phones = Device.objects.in_bulk({push.device for push in pushes})
    answered = record_pushes(by_phones([(push, phones.get(push.device)) for push in pushes])) if pushes else []
    for (_, part), answers in zip(parts, answered, strict=True):
        yield from ((letter, answer) for (letter, _), answer in zip(part, answers, strict=True))


def _decide(letter: Letter, state: Letter.State, *, by: str) -> None:
    letter.state, letter.decided_at, letter.decided_by = state, clock.now(), by
    letter.save(update_fields=["state", "answer", "sealed", "decided_at", "decided_by"])
