"""What can be said of a batch of goods at a cold store, and what its records come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind, names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.policy.packs import Policy

LONGEST = 60  # by its number a batch has its page
BATCH = Text(
    "A batch number is one line of at most {n} characters, without / \\ ? or #.",
    "批次号为一行，不超过 {n} 个字符，不含 / \\ ? #。",
    n=LONGEST,
)
WHY_HELD = Text("Say why the batch is held.", "请写明暂扣原因。")
Weight = Annotated[float, Meta(ge=0)]


class Certificate(Code):
    """What comes with goods."""

    CUSTOMS = "customs", "Customs declaration", "海关报关单"
    TEST = "test", "Test report", "检测报告"
    DISINFECTION = "disinfection", "Disinfection certificate", "消毒证明"


class Outcome(Code):
    """What becomes of a batch."""

    RELEASED = "released", "Released", "放行"
    HELD = "held", "Held", "暂扣"


class _OfBatch(Said):
    """A record that is about one batch at a store."""

    batch: Annotated[Words, Field(Text("Batch number", "批次号"))]

    def check(self) -> None:
        wrong = not self.batch.strip() or not self.batch.isprintable() or len(self.batch) > LONGEST or set("/\\?#") & set(self.batch)
        if wrong or self.batch != self.batch.strip():
            raise Invalid("data.batch", "wrong_type", BATCH)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.batch


@kind(
    "coldchain.batch_arrived",
    Text("Goods arrived", "货物到库"),
    retention="open",
    needs=("place",),
    feature="coldchain",
    examples=({"batch": "B-0318-1", "goods": "冻带鱼", "imported": True, "certificates": ["customs", "disinfection"]},),
)
class BatchArrived(_OfBatch):
    """A batch came to a store, with the certificates that came with it."""

    goods: Annotated[Words, Field(Text("Goods", "货物"))]
    imported: Annotated[bool, Field(Text("Imported", "进口"))]
    origin: Annotated[Words, Field(Text("Origin", "产地"))] = ""
    quantity_kg: Annotated[Weight | None, Field(Text("Weight", "重量"), unit=Text("kg", "千克"))] = None
    certificates: Annotated[list[Certificate], Field(Text("Certificates that came with it", "随货证明"))] = []


@kind(
    "coldchain.certificate_shown",
    Text("Certificate shown", "补交证明"),
    retention="open",
    needs=("place",),
    feature="coldchain",
    examples=({"batch": "B-0318-1", "certificate": "test", "number": "JC-20220318-07"},),
)
class CertificateShown(_OfBatch):
    """A certificate of a batch came later."""

    certificate: Annotated[Certificate, Field(Text("Certificate", "证明"))]
    number: Annotated[Words, Field(Text("Its number", "证明编号"))] = ""


@kind(
    "coldchain.batch_decided",
    Text("Batch released or held", "货物处置"),
    retention="open",
    needs=("place",),
    feature="coldchain",
    examples=({"batch": "B-0318-1", "outcome": "held", "reason": "缺检测报告"},),
)
class BatchDecided(_OfBatch):
    """A batch may leave the store, or stays until something is put right."""

    outcome: Annotated[Outcome, Field(Text("Outcome", "处置"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""

    def check(self) -> None:
        super().check()
        if self.outcome is Outcome.HELD and not self.reason.strip():
            raise Invalid("data.reason", "missing", WHY_HELD)


@dataclass
class Batch:
    """A batch as its records, in their order, tell it. `lacks`: the certificates that the pack asks for and that never came."""

    arrived: Event
    last: Event
    certificates: set[str]
    lacks: list[str] = field(default_factory=list)
    outcome: str = ""
    reason: str = ""


STEPS = (BatchArrived, CertificateShown, BatchDecided)


def asked_for(imported: bool, pack: Policy) -> list[str]:
    """The certificates that goods need."""
    return list(pack.get(f"coldchain.certificates.{'imported' if imported else 'domestic'}", ()))


def folded(events: Iterable[Event]) -> Batch | None:
    """What the records of one batch, in whatever order, come to, without what it lacks; None where it never arrived."""
    ordered = sorted(events, key=lambda event: event.order)
    arrivals = [event for event in ordered if event.kind == names(BatchArrived)[0]]
    if not arrivals:
        return None
    batch = Batch(arrivals[-1], ordered[-1], set(arrivals[-1].data.get("certificates", ())))
    for event in ordered:
        if event.kind == names(CertificateShown)[0]:
            batch.certificates.add(event.data["certificate"])
        elif event.kind == names(BatchDecided)[0]:
            batch.outcome, batch.reason = event.data["outcome"], event.data.get("reason", "")
    return batch


def judged(batch: Batch, pack: Policy) -> Batch:
    """The batch with what it lacks under a pack."""
    batch.lacks = [each for each in asked_for(bool(batch.arrived.data["imported"]), pack) if each not in batch.certificates]
    return batch


def by_batch(events: Iterable[Event]) -> dict[tuple[str, str], Batch]:
    """All batches that these records tell of, by place and number."""
    groups: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        groups.setdefault((event.place, event.topic), []).append(event)
    made = {key: folded(steps) for key, steps in groups.items()}
    return {key: batch for key, batch in made.items() if batch}


def batches_of(place: str, pack: Policy) -> Iterator[Batch]:
    """The batches of one place as they stand now."""
    events = standing(*STEPS).filter(place=place).defer("personal", "digest")
    return (judged(batch, pack) for batch in by_batch(events).values())
