"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.goods.kinds import STEPS, Batch, BatchArrived, by_batch, judged
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section

BETWEEN = " @ "  # between the number of a batch and its store, in the rows behind a figure


def _code(key: tuple[str, str]) -> str:
    return f"{key[1]}{BETWEEN}{key[0]}"


def _arrived(question: Question) -> CodeRows:
    events = {_code((event.place, event.topic)): event for event in question.events(BatchArrived).defer("personal", "digest")}
    return CodeRows("batch", sorted(events), events)


def _there(question: Question) -> dict[str, Batch]:
    """The batches that lie in the area at the window's end."""

    def reckon() -> dict[str, Batch]:
        came = question.until(BatchArrived)
        topics = came.values("topic")
        events = standing(*STEPS, as_of=question.as_of).filter(at__lt=question.end, topic__in=topics).defer("personal", "digest")
        kept = {_code(key): batch for key, batch in by_batch(events).items() if batch.arrived.area in question.areas}
        return {code: judged(batch, question.policy) for code, batch in kept.items()}

    return dict(question.once("batches", reckon))


def _where(pick: Callable[[Batch], bool]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        picked = {code: batch.last for code, batch in _there(question).items() if pick(batch)}
        return CodeRows("batch", sorted(picked), picked)

    return rows


SECTION = section(
    Section(
        "goods",
        Text("Goods at cold stores", "冷库货物"),
        (
            Figure("coldchain.batches", Text("Batches arrived", "到库批次"), _arrived),
            Figure("coldchain.batches_open", Text("To decide", "待处置"), _where(lambda each: not each.outcome), state=True),
            Figure("coldchain.batches_held", Text("Held", "暂扣"), _where(lambda each: each.outcome == "held"), state=True),
            Figure("coldchain.batches_released", Text("Released", "放行"), _where(lambda each: each.outcome == "released"), state=True),
            Figure("coldchain.batches_lacking", Text("Lack a certificate", "缺少证明"), _where(lambda each: bool(each.lacks)), state=True),
            Figure(
                "coldchain.released_lacking", Text("Released without a certificate", "缺证放行"),
                _where(lambda each: bool(each.lacks) and each.outcome == "released"), state=True,
            ),
        ),
        order=58,
        feature="coldchain",
    )
)  # fmt: skip
