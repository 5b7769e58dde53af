"""Decisions about isolation, from values alone: rules of the pack, the end of an order, readings that are due, what looks wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from closeknit.kit.text import Text
from closeknit.ledger.fields import end_of
from closeknit.policy.packs import Policy

NOON = 12
BY_ORDER = "by_order"  # a rule that every pack has: a written order, which has a number and an end of its own


@dataclass(frozen=True)
class PackRule:
    """A rule of the policy pack by which somebody is told to isolate: where, for how many days (0: the order says), in words."""

    name: str
    measure: str
    days: int
    label: Text


def pack_rules(pack: Policy) -> dict[str, PackRule]:
    """The rules of the pack by name, the written order last."""
    said: dict[str, Any] = pack.get("isolation.rules") or {}
    found = {name: PackRule(name, each["measure"], int(each["days"]), Text(each["en"], each["zh"])) for name, each in said.items()}
    return found | {BY_ORDER: PackRule(BY_ORDER, "", 0, Text("By a written order", "依书面决定"))}


def last_day(begins: date, rule: PackRule) -> date | None:
    """The last day of an order by the rule: so many whole days after the one on which it begins; None where the order says."""
    return begins + timedelta(days=rule.days) if rule.days else None


def period_of(said: str, at: datetime, zone: timezone) -> str:
    """Which reading of the day it is: as it was said, else by the hour."""
    return said or ("morning" if at.astimezone(zone).hour < NOON else "evening")


def day_of(until: datetime, zone: timezone) -> datetime:
    """The beginning of the local day in which the last moment before `until` lies."""
    local = (until - timedelta(microseconds=1)).astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def periods_due(ordered_at: datetime, until: datetime, pack: Policy) -> list[str]:
    """The readings of the day that somebody owes at `until`: those whose hour of the pack has come since the order."""
    day = day_of(until, pack.timezone)
    due = []
    for period in ("morning", "evening"):
        hour = datetime.combine(day.date(), time.fromisoformat(pack.get(f"isolation.read_by.{period}")), pack.timezone)
        if ordered_at < hour <= until:
            due.append(period)
    return due


@dataclass(frozen=True)
class Trouble:
    """What somebody must look at: the field, what is wrong, and whether a form refuses it (else it is only flagged)."""

    field: str
    text: Text
    refused: bool = True


def order_troubles(data: Mapping[str, Any], at: datetime, known: Collection[str], pack: Policy) -> list[Trouble]:
    """What is wrong with an order: its end, its rule, its evidence. `known`: the ids of records that exist."""
    wrong = []
    end, rule = end_of(str(data["until"]), pack.timezone), pack_rules(pack).get(str(data["rule"]))
    longest = int(pack.get("isolation.longest_days"))
    begins = at.astimezone(pack.timezone).date()
    if end <= at:
        wrong.append(Trouble("until", Text("The end lies before the beginning. Give a later day.", "截止早于开始，请填写更晚的日期。")))
    if end > _end(begins, longest, pack):
        words = Text("Longer than the {n} days that the rules allow at most.", "超过规则允许的最长 {n} 天。", n=longest)
        wrong.append(Trouble("until", words, refused=False))
    if rule is None or (rule.name == BY_ORDER and not data.get("order_no")):
        wrong.append(Trouble("rule", Text("No rule of the pack and no order number. Give one.", "不在现行规则内且无文书编号，请补填。")))
    elif rule.days and not data.get("other_end") and end != _end(begins, rule.days, pack):
        words = Text("It does not end on the rule's last day, {day}. Say why.", "与规则截止日 {day} 不一致，请写明原因。")
        wrong.append(Trouble("other_end", words.format(day=last_day(begins, rule))))
    if not set(known).intersection(data["evidence"]):
        wrong.append(Trouble("evidence", Text("None of the records on which it rests is here.", "所列依据记录均未找到，请核对。")))
    return wrong


def _end(begins: date, days: int, pack: Policy) -> datetime:
    return datetime.combine(begins + timedelta(days=days + 1), time(), pack.timezone)


def next_stage(stage: str) -> str:
    """The stage that follows in a transfer."""
    return {"": "requested", "requested": "left", "left": "arrived"}[stage]


def is_flagged(check: Mapping[str, Any], pack: Policy) -> bool:
    """Whether a reading must be looked at: a fever by the pack, or any symptom."""
    return float(check.get("temperature") or 0) >= float(pack.get("monitoring.fever_c")) or bool(check.get("symptoms"))
