"""What a laboratory records: tubes received, results given. The same again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from closeknit.access.models import Account
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid, Result
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.laboratory.rules import MOST_IN_ONE
from closeknit.measures.testing.kinds import Resulted
from closeknit.measures.tubes.kinds import RESULTS, Tube

OTHER = Text(
    "{tube}: the result {held} is there already. To put it right choose “Put right” and say why.",
    "{tube}：已有结果“{held}”。如需更正，请勾选“更正已有结果”并写明原因。",
)


@dataclass
class Received:
    """What became of a list of tubes. again: received before; unhanded: nobody has handed them over, which stands on the list."""

    new: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    unhanded: list[str] = field(default_factory=list)


def receive(account: Account, codes: Sequence[str], *, area: str, lab: str, root: UUID) -> Received:
    """Receives tubes that were not received before. Raises `Invalid` where the ledger takes none of it."""
    held = {row.code: row for row in Tube.objects.filter(code__in=codes)}
    came = Received(again=[code for code in codes if code in held and held[code].receipts])
    came.new = [code for code in codes if code not in came.again]
    came.unhanded = [code for code in came.new if code not in held or not held[code].hand_overs]
    lists = [came.new[start : start + MOST_IN_ONE] for start in range(0, len(came.new), MOST_IN_ONE)]
    entries = [Entry(uuid5(root, str(number)), "testing.received", area, {"tubes": some, "lab": lab}) for number, some in enumerate(lists)]
    for answer in save_many(account, entries, by=author(account)) if entries else ():
        if isinstance(answer, Invalid):
            raise answer
    return came


@dataclass(frozen=True)
class Given:
    """One tube's result; `row` where it stands in a file."""

    tube: str
    result: Result
    tested_at: datetime
    row: int = 0


@dataclass
class Gave:
    """What became of results. same: it was there already; refused: with the reason."""

    recorded: list[Given] = field(default_factory=list)
    same: list[Given] = field(default_factory=list)
    refused: list[tuple[Given, Text]] = field(default_factory=list)


def give(account: Account, given: Sequence[Given], *, area: str, lab: str, root: UUID, why: str = "") -> Gave:
    """Gives results. Where a tube has another one already it is put right with the reason `why`, else refused; none stops another."""
    held = grouped(list(standing(Resulted).filter(topic__in=[each.tube for each in given]).defer("personal", "digest")), "topic")
    gave = Gave()
    entries: list[tuple[Given, Entry]] = []
    for each in given:
        before = held[each.tube][-1] if each.tube in held else None
        if before is not None and before.data["result"] == each.result:
            gave.same.append(each)
        elif before is not None and not why:
            gave.refused.append((each, OTHER.format(tube=each.tube, held=RESULTS[before.data["result"]])))
        else:
            entries.append((each, _entry(each, before, area=area, lab=lab, root=root, why=why)))
    answers = save_many(account, [entry for _, entry in entries], by=author(account)) if entries else []
    for (each, _), answer in zip(entries, answers, strict=True):
        if isinstance(answer, Invalid):
            gave.refused.append((each, answer.text))
        else:
            gave.recorded.append(each)
    return gave


def _entry(given: Given, before: Event | None, *, area: str, lab: str, root: UUID, why: str) -> Entry:
    data: Mapping[str, str] = {
        "tube": given.tube, "result": given.result.value, "lab": lab, "tested_at": given.tested_at.isoformat(),
        **({"reason": why} if before else {}),
    }  # fmt: skip
    return Entry(uuid5(root, f"{given.tube}|{given.result}"), "testing.resulted", area, data, corrects=before.id if before else None)
