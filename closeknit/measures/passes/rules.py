"""What a person's status is, from values alone: the rules of the pack in their order, each with its evidence and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from closeknit.kit.dates import years_before
from closeknit.kit.text import Text
from closeknit.policy.packs import Policy

APART, LIMITED, FREE = "apart", "limited", "free"
ORDER, RESULT, TEST, DOSES = "order", "result", "test", "doses"
WORDS = {
    APART: (Text("Stay apart", "请勿外出"), "bad"), LIMITED: (Text("Something is missing", "待补办"), "watch"),
    FREE: (Text("May pass", "可以通行"), "good"),
}  # fmt: skip
WHY = {
    ORDER: Text("Under an order to isolate.", "处于隔离期。"), RESULT: Text("A positive result.", "检测结果阳性。"),
    "again": Text("The last result has to be looked at again: one more sample is needed.", "最近结果须复核，需再次采样。"),
    TEST: Text("No negative result within {n} hours.", "近 {n} 小时内无阴性检测结果。"),
    DOSES: Text("Fewer than {n} doses.", "接种不足 {n} 剂。"),
    "": Text("No rule speaks against it.", "没有规则限制通行。"),
}  # fmt: skip
NEXT = {
    ORDER: Text("Stay where the order says. It ends by itself on its last day.", "请按隔离通知居留，到期自行结束。"),
    RESULT: Text("Stay at home and call; somebody sees to you.", "请居家并电话联系，工作人员会跟进。"),
    "again": Text("Have one more sample taken; the status changes by itself with its result.", "请再次采样，出结果后状态自动更新。"),
    TEST: Text("Have a sample taken; the status changes by itself with its result.", "请采样检测，出结果后状态自动更新。"),
    DOSES: Text("Ask the village when and where doses are given.", "请向村（社区）询问接种时间和地点。"),
    "": Text("Nothing is asked of you.", "无需办理。"),
}  # fmt: skip


@dataclass(frozen=True)
class Sampling:
    """A sample whose tube has a result: when it was taken and found, what came out, and the two records."""

    sampled_at: datetime
    found_at: datetime
    pool: int
    result: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the records say of a person. tests lie in the order in which the samples were taken."""

    ordered_until: datetime | None = None
    order: str = ""
    tests: Sequence[Sampling] = ()
    doses: int = 0
    dose: str = ""
    born: date | None = None


@dataclass(frozen=True)
class Status:
    """A status with the rule that decided, until when, and the records on which it rests. n: the number that the rule's words take."""

    word: str
    rule: str = ""
    until: datetime | None = None
    evidence: tuple[str, ...] = ()
    n: int = 0

    @property
    def label(self) -> Text:
        return WORDS[self.word][0]

    @property
    def tone(self) -> str:
        return WORDS[self.word][1]

    @property
    def why(self) -> Text:
        return WHY[self.key].format(n=self.n)

    @property
    def next(self) -> Text:
        return NEXT[self.key]

    @property
    def key(self) -> str:
        """The rule whose words hold; of whoever is free none."""
        return self.rule if self.word != FREE else ""


def status(known: Known, pack: Policy, at: datetime) -> Status:
    """The first rule of the pack that says something decides; where none does, the person is free."""
    asks = set(pack.get("passes.asks"))
    found = [RULES[name](known, pack, at) for name in RULES if name in asks]
    held = next((each for each in found if each is not None and each.word != FREE), None)
    return held or next((each for each in found if each is not None), Status(FREE))


def _order(known: Known, pack: Policy, at: datetime) -> Status | None:
    held = known.ordered_until is not None and at < known.ordered_until
    return Status(APART, ORDER, known.ordered_until, (known.order,)) if held else None


def _result(known: Known, pack: Policy, at: datetime) -> Status | None:
    single = next((each for each in reversed(known.tests) if each.pool == 1), None)
    if single is not None and single.result == "positive":
        until = single.found_at + timedelta(days=int(pack.get("passes.positive_days")))
        if at < until:
            return Status(APART, RESULT, until, single.records)
    last = known.tests[-1] if known.tests else None
    return Status(LIMITED, "again", None, last.records) if last is not None and last.result != "negative" else None


def _test(known: Known, pack: Policy, at: datetime) -> Status | None:
    hours, exempt = int(pack.get("test_validity.gate_h")), int(pack.get("test_validity.exempt_age_under", 0))
    if exempt and known.born is not None and known.born > years_before(at.astimezone(pack.timezone).date(), exempt):
        return None
    last = known.tests[-1] if known.tests else None
    if last is None or last.result != "negative":
        return Status(LIMITED, TEST, None, last.records if last else (), hours)
    start = last.sampled_at if pack.get("test_validity.validity_from") == "sampling" else last.found_at
    until = start + timedelta(hours=hours)
    return Status(FREE, TEST, until, last.records, hours) if at < until else Status(LIMITED, TEST, None, last.records, hours)


def _doses(known: Known, pack: Policy, at: datetime) -> Status | None:
    wanted = int(pack.get("passes.doses"))
    return Status(LIMITED, DOSES, None, (known.dose,) if known.dose else (), wanted) if known.doses < wanted else None


RULES = {ORDER: _order, RESULT: _result, TEST: _test, DOSES: _doses}
