"""What does not reconcile about a tube, as conditions on its row; with what to do about it, in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q

from closeknit.kit.text import Text
from closeknit.measures.testing.kinds import Matter
from closeknit.policy.packs import Policy

UNRECONCILED = (Matter.NEVER_RECEIVED, Matter.NEVER_HANDED_OVER, Matter.COUNT)  # what the figure of that name counts
REMEDIES: Mapping[str, Text] = {
    Matter.NEVER_RECEIVED: Text(
        "The laboratory gave a result and nobody received the tube there. Ask the laboratory whether the number is right; then receive it.",
        "检测机构已出结果，但无接收登记。请与检测机构核对管号，无误后补登接收。",
    ),
    Matter.NEVER_HANDED_OVER: Text(
        "The laboratory received it and the site handed nothing over. Ask the carrier for the box; then record the hand-over.",
        "检测机构已接收，但采样点无交接登记。请向转运人核对转运箱，补登交接。",
    ),
    Matter.COUNT: Text(
        "Sealed over another number than was sampled into it. Count the names against the tube, put the wrong record right.",
        "封管份数与登记人数不一致。请逐人核对，更正有误的一条。",
    ),
    Matter.HANDED_TWICE: Text(
        "It stands in two hand-overs. See in which box it really went and withdraw the other.",
        "同一管有两次交接。请核实实际装入哪一箱，作废另一条。",
    ),
    Matter.TWO_TUBES: Text(
        "Somebody swabbed into two tubes of one round. See whether the right person was chosen; put the wrong sample right.",
        "同一人在本轮进入两管。请核实是否登记错人，更正有误的采样记录。",
    ),
    Matter.NO_SAMPLE: Text(
        "No sample into it is known. A phone may not have sent yet, or the number was misread. Ask the site.",
        "未见采样登记，可能手机尚未上传或管号抄错。请联系采样点。",
    ),
    Matter.NOT_SEALED: Text(
        "Swabs went in and it was never sealed. Ask the site; seal it or say what became of it.",
        "已采样，迟迟未封管。请联系采样点，补登封管或说明去向。",
    ),
    Matter.NOT_HANDED_OVER: Text(
        "Sealed and still at the site. Ask for the carrier; record the hand-over when it is gone.",
        "已封管，仍未交接。请催促转运，已转走的补登交接。",
    ),
    Matter.NOT_RECEIVED: Text(
        "On its way for too long. Ask the carrier and the laboratory where the box is.",
        "转运时间过长。请向转运人和检测机构查问转运箱下落。",
    ),
    Matter.NOT_RESULTED: Text(
        "At the laboratory without a result for too long. Ask the laboratory.", "已接收，迟迟无结果。请催询检测机构。"
    ),
}


def hours(pack: Policy, step: str) -> timedelta:
    """So long may a step take (seal, hand_over, receive, result)."""
    return timedelta(hours=float(pack.get(f"testing.{step}_within_h")))


def conditions(pack: Policy, now: datetime) -> dict[Matter, Q]:
    """For each matter the tubes that it is the matter with, but two tubes of one person, which no tube shows by itself."""
    sampled, sealed, handed = Q(samples__gt=0), Q(seals__gt=0) | Q(pool=1), Q(hand_overs__gt=0)
    received, open_, around = Q(receipts__gt=0), Q(result=""), Q(environment=True)
    before = {step: now - hours(pack, step) for step in ("seal", "hand_over", "receive", "result")}
    here = ~handed & ~received & open_
    return {
        Matter.NEVER_RECEIVED: ~open_ & ~received,
        Matter.NEVER_HANDED_OVER: received & ~handed,
        Matter.COUNT: sampled & Q(sealed_count__isnull=False) & ~Q(sealed_count=F("persons")),
        Matter.HANDED_TWICE: Q(hand_overs__gt=1),
        Matter.NO_SAMPLE: ~sampled & ~around & Q(moved_at__lt=before["seal"]),
        Matter.NOT_SEALED: here & sampled & ~sealed & Q(last_at__lt=before["seal"]),
        Matter.NOT_HANDED_OVER: here & ((sampled & sealed) | around) & Q(moved_at__lt=before["hand_over"]),
        Matter.NOT_RECEIVED: handed & ~received & open_ & Q(handed_at__lt=before["receive"]),
        Matter.NOT_RESULTED: received & open_ & Q(received_at__lt=before["result"]),
    }
