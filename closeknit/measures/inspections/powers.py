"""Who may order what, what is wrong with an act, and what a repeat calls for: decisions from values and the policy pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from closeknit.kit.text import Text
from closeknit.ledger.fields import end_of
from closeknit.measures.inspections.acts import Act, Finding
from closeknit.policy.packs import Policy

RANK = ("none", "rectify", "penalise", "close", "seal")  # how hard an act is
ORDER_WORDS = {
    "rectify": Text("an order to correct", "责令改正"), "close": Text("a closure", "停业"), "seal": Text("a sealing", "查封"),
    "penalise": Text("a penalty", "行政处罚"),
}  # fmt: skip
NO_PAPER = Text(
    "No office with the power has ordered {action} on paper, so it binds nobody. Who may: {offices}. Tell one of them, or set it out.",
    "{action}尚无有权机关出具文书，对当事人不具约束力。有权机关：{offices}。请移送或补办文书。",
)
NO_POWER = Text(
    "{office} has no power to order {action}. Who has: {offices}. Hand it over to one of them.",
    "{office}无权作出{action}。有权机关：{offices}。请移送有权机关。",
)
NOBODY = Text("nobody by the policy pack in force", "现行规则未授权任何机关")
UNKNOWN_OFFICE = Text("The office is not in the policy pack. Choose one from the list.", "该机关不在现行规则内，请从列表中选择。")
FEW = Text("At least {n} officers with certificates make an act.", "执法人员不得少于 {n} 人，并写明执法证号。")
TOO_LONG = Text("{action} lasts at most {n} days: give an earlier day.", "{action}期限不得超过 {n} 天，请填写更早的日期。")
BACKWARDS = Text("The end lies before the beginning. Give a later day.", "期限早于作出时间，请填写更晚的日期。")
NOT_SERVED = Text(
    "Set out more than {n} hours ago and not served: serve it, or say that it is withdrawn.",
    "文书出具已超过 {n} 小时未送达，请尽快送达；不再执行的请作废该记录。",
)
NO_FINDING = Text("No finding of this run stands behind it. Add what was found.", "本次检查未记录问题，请补充发现的问题。")
RAISE = Text("“{words}”: found for the {n}. time. The rules now call for {action}.", "“{words}”第 {n} 次发现，按规则应升级为{action}。")


@dataclass(frozen=True)
class Office:
    """A public body of the policy pack: what it may order by itself."""

    code: str
    label: Text
    may: tuple[str, ...]


@dataclass(frozen=True)
class Trouble:
    """What somebody must look at: the field, what is wrong and what to do."""

    field: str
    text: Text


def offices(pack: Policy) -> dict[str, Office]:
    """The offices of the pack in its order."""
    said: dict[str, Any] = pack.get("inspections.offices") or {}
    return {code: Office(code, Text(each["en"], each["zh"]), tuple(each.get("may", ()))) for code, each in said.items()}


def who_may(action: str, pack: Policy) -> Text | str:
    """The offices that may order an action, in words."""
    able = [each.label for each in offices(pack).values() if action in each.may]
    return Text("{names}", "{names}", names=_joined(able)) if able else NOBODY


def _joined(labels: list[Text]) -> Text:
    return Text(", ".join(each.en for each in labels), "、".join(each.zh for each in labels))


def written_troubles(data: Mapping[str, Any], at: datetime, pack: Policy) -> list[Trouble]:
    """What is wrong with an act as it is set out on paper (the data of `inspections.written`)."""
    wrong, action = [], str(data["action"])
    words = ORDER_WORDS.get(action, Text("nothing", "无处置"))
    office, least = offices(pack).get(str(data["office"])), int(pack.get("inspections.officers_at_least"))
    if office is None:
        wrong.append(Trouble("office", UNKNOWN_OFFICE))
    elif action not in office.may:
        wrong.append(Trouble("office", NO_POWER.format(office=office.label, action=words, offices=who_may(action, pack))))
    if len({each.strip() for each in data["officers"] if each.strip()}) < least:
        wrong.append(Trouble("officers", FEW.format(n=least)))
    if data.get("until"):
        end, longest = end_of(str(data["until"]), pack.timezone), (pack.get("inspections.longest_days") or {}).get(action)
        if end <= at:
            wrong.append(Trouble("until", BACKWARDS))
        elif longest and end > at + timedelta(days=int(longest) + 1):
            wrong.append(Trouble("until", TOO_LONG.format(action=words, n=longest)))
    return wrong


def troubles(act: Act, now: datetime, pack: Policy) -> list[Trouble]:
    """What is wrong with an act that stands; nothing with one that has ended or was set aside."""
    if act.ended or act.set_aside:
        return []
    wrong = [] if act.found else [Trouble("findings", NO_FINDING)]
    if act.written is None:
        words = ORDER_WORDS[act.action]
        return [Trouble("written", NO_PAPER.format(action=words, offices=who_may(act.action, pack))), *wrong]
    wrong += written_troubles(act.written.data, act.written.at, pack)
    hours = (pack.get("inspections.serve_within_h") or {}).get(act.action)
    if act.served is None and hours and now >= act.written.at + timedelta(hours=float(hours)):
        wrong.append(Trouble("served", NOT_SERVED.format(n=hours)))
    return wrong


def consequence(time: int, pack: Policy) -> str:
    """What the pack calls for when the same thing is found at a place for the first, second, third … time; the last holds on."""
    said = pack.get("inspections.repeats.consequences") or ["rectify"]
    return str(said[min(time, len(said)) - 1])


def reaches(finding: Finding, pack: Policy) -> bool:
    """Whether what its run ordered is at least what a repeat calls for; what was found once may be put right without an act."""
    if finding.time < 2:
        return True
    wanted = RANK.index(consequence(finding.time, pack))
    return any(RANK.index(action) >= wanted for action in finding.actions)


def raise_words(finding: Finding, pack: Policy) -> Text:
    """That a repeat calls for more, in words."""
    return RAISE.format(words=finding.words, n=finding.time, action=ORDER_WORDS[consequence(finding.time, pack)])
