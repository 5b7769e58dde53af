"""What somebody who is told to stay apart is given to read: four lines and how to object. Nobody's name stands in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from closeknit.console.handed.lines import order_lines, why
from closeknit.kit.text import Text
from closeknit.ledger.fields import end_of
from closeknit.measures.isolation.rules import pack_rules
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member

CALLED = ("village_secretary", "grid_worker", "village_worker")  # who answers the telephone of a village, the first before the others
FREE = Text("Your isolation has ended: {when}. You are free to go.", "您的隔离已于 {when} 解除，可以自由外出。")
FREE_WHY = Text("Why: {reason}.", "原因：{reason}。")
FREE_ASK = Text("Anybody who asks you to stay longer must show a new order. Call: {who}.", "如再要求隔离，须出示新的通知。联系：{who}。")
MEASURES = {
    "central": Text("facility quarantine", "集中隔离"), "home": Text("home quarantine", "居家隔离"),
    "home_monitor": Text("home monitoring", "居家健康监测"),
}  # fmt: skip


def notice(data: Mapping[str, Any], at: datetime, pack: Policy, contact: str) -> list[Text]:
    """The lines of an order (the data of `isolation.ordered`, given at `at`): until when, why and by which order, whom to call, what
    is delivered when, and how to object. `contact` is what `contact_of` gives."""
    rule = pack_rules(pack).get(str(data["rule"]))
    last = end_of(str(data["until"]), pack.timezone).astimezone(pack.timezone)
    bare = len(str(data["until"])) == len("2022-03-25")
    until = (last - timedelta(days=1)).date().isoformat() + " 24:00" if bare else last.strftime("%Y-%m-%d %H:%M")
    delivers = pack.get("isolation.delivers")
    because = why(
        rule.label if rule else data["rule"], MEASURES[str(data["measure"])], data.get("order_no", ""), at.astimezone(pack.timezone)
    )
    what = Text(delivers["en"], delivers["zh"])
    return order_lines(until=until, because=because, contact=contact, delivers=what, within_h=pack.get("isolation.objection_within_h"))


def release_notice(data: Mapping[str, Any], at: datetime, pack: Policy, contact: str) -> list[Text]:
    """The lines of a release (the data of `isolation.released`)."""
    when = at.astimezone(pack.timezone).strftime("%Y-%m-%d %H:%M")
    return [FREE.format(when=when), FREE_WHY.format(reason=data["reason"]), FREE_ASK.format(who=contact)]


def contact_of(area: str, village: str, fallback: str = "") -> str:
    """Whom to call in a village or grid: name and telephone of who answers for it, as far as the register knows."""
    members = [each for each in Member.objects.current().filter(area=area).order_by("code") if each.phone]
    rank = {role: number for number, role in enumerate(CALLED)}
    first = min(members, key=lambda each: rank.get(each.role, len(rank)), default=None)
    return f"{village} {first.name} {first.phone.split(';')[0]}" if first else fallback or village
