"""What is announced of a zone and what a household is handed, in both languages. Nobody's name stands in it."""

from datetime import datetime

from closeknit.areas.models import Area
from closeknit.console.handed.lines import order_lines, why
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.isolation.kinds import contact_of
from closeknit.measures.zones.kinds import Zone, begins, doors, ends, exceptions, label
from closeknit.policy.packs import Policy

LANGUAGES = ("zh-hans", "en")
BETWEEN = {"zh-hans": "；", "en": "; "}
ORDER = Text("Announcement: {name}, {measure}", "关于{name}实施“{measure}”的通告")
AGAIN = Text("Announcement: {name}, extended or changed: {measure}", "关于{name}延长或变更“{measure}”的通告")
ENDED = Text("Announcement: {name} has ended", "关于{name}解除管控的通告")
WHO = Text("{authority} orders this by {basis}. Order {number}.", "{authority}依据{basis}决定。文书编号：{number}。")
WHERE = Text("Where: {name}. {areas}", "范围：{name}。{areas}")
WHEN = Text(
    "From {from_at} until {until_at}. It ends by itself; nobody stays closed in a day longer. Going on takes a new order, announced again.",
    "时间：自 {from_at} 起，至 {until_at} 止。到期自行解除，不多管一天；如需延长，另作决定并通告。",
)
BECAUSE = Text("Why it is extended or changed: {why}", "延长或变更理由：{why}")
ALLOWED = Text("Stays allowed: {exceptions}", "以下情形可以外出：{exceptions}")
BROUGHT = Text("Brought to the door: {delivers} Call: {contact}.", "上门服务：{delivers} 联系：{contact}。")
LIFTS = Text("It is lifted earlier as soon as: {conditions}", "达到以下条件即提前解除：{conditions}")
OBJECT = Text(
    "Whoever holds that this is wrong may object at any time, spoken or in writing; somebody else answers within {n} hours.",
    "如有异议可随时口头或书面提出，{n} 小时内由其他人员答复。",
)
FREE = Text("Since {when} everybody of {name} is free to go out as before.", "自 {when} 起，{name}居民恢复正常出行。")
LIFTED = Text("It was lifted because: {reason}", "解除理由：{reason}")
ITSELF = Text("The order has ended by itself.", "决定到期，自行解除。")
ASK = Text("Anybody who asks you to stay must show a new order. Call: {who}.", "如再要求不得外出，须出示新的决定。联系：{who}。")
THANKS = Text("Thank you for your patience.", "感谢大家的理解和配合。")


def _local(moment: datetime, pack: Policy) -> str:
    return moment.astimezone(pack.timezone).strftime("%Y-%m-%d %H:%M")


def _joined(words: list[Text | str], language: str) -> str:
    said = [each.of(language) if isinstance(each, Text) else each for each in words]
    return BETWEEN[language].join(said) + (". " if language == "en" else "。")


def announcement(zone: Zone, at: datetime, pack: Policy, *, areas: list[str], contact: str) -> dict[str, tuple[str, list[str]]]:
    """Title and lines by language: of the order, its extension or change, or its end."""
    order = zone.shown(at) if zone.state(at) != "coming" else zone.next_order(at) or zone.shown(at)
    return {each: _announced(zone, order, at, pack, areas=areas, contact=contact, language=each) for each in LANGUAGES}


def _announced(
    zone: Zone, order: Event, at: datetime, pack: Policy, *, areas: list[str], contact: str, language: str
) -> tuple[str, list[str]]:
    data, name = order.data, str(order.data["name"])
    if zone.state(at) == "over":
        return ENDED.format(name=name).of(language), [each.of(language) for each in _end(zone, name, at, pack, contact)]
    measure = label(pack, "zones.measures", str(data["measure"]))
    said_measure = measure.of(language) if isinstance(measure, Text) else measure
    title = (AGAIN if data.get("why") else ORDER).format(name=name, measure=said_measure)
    conditions = [label(pack, "zones.conditions", code) for code in data["lifts"]]
    lines = [
        WHO.format(authority=data["authority"], basis=data["basis"], number=data.get("order_no") or "—"),
        WHERE.format(name=name, areas="、".join(areas)),
        WHEN.format(from_at=_local(begins(order), pack), until_at=_local(ends(order), pack)),
        *([BECAUSE.format(why=data["why"])] if data.get("why") else []),
        ALLOWED.format(exceptions=_joined(exceptions(data, pack), language)),
        BROUGHT.format(delivers=data.get("delivers") or _delivers(pack).of(language), contact=contact),
        LIFTS.format(conditions=_joined(conditions, language)),
        OBJECT.format(n=pack.get("zones.objection_within_h")),
        doors(pack),
    ]
    return title.of(language), [each.of(language) for each in lines]


def _delivers(pack: Policy) -> Text:
    words = pack.get("zones.delivers")
    return Text(words["en"], words["zh"])


def _end(zone: Zone, name: str, at: datetime, pack: Policy, contact: str) -> list[Text]:
    ended = zone.ended_at(at) or at
    by_hand = zone.lifted is not None and zone.lifted.at == ended
    reason = LIFTED.format(reason=zone.lifted.data["reason"]) if by_hand and zone.lifted else ITSELF
    return [FREE.format(when=_local(ended, pack), name=name), reason, ASK.format(who=contact), THANKS]


def household_lines(zone: Zone, at: datetime, pack: Policy, area: str) -> list[Text]:
    """What a household of an area is handed: the order's lines, what stays allowed, the doors; or that it has ended."""
    village = Area.objects.names([area]).get(area, area)
    contact, order = contact_of(area, village), zone.shown(at)
    if zone.state(at) == "over":
        return _end(zone, str(order.data["name"]), at, pack, contact)
    order = zone.order_at(at) or zone.next_order(at) or order
    data = order.data
    because = why(
        data["basis"], label(pack, "zones.measures", str(data["measure"])), data.get("order_no", ""), order.at.astimezone(pack.timezone)
    )
    until, *rest = order_lines(
        until=_local(ends(order), pack), because=because, contact=contact, delivers=data.get("delivers") or _delivers(pack),
        within_h=pack.get("zones.objection_within_h"),
    )  # fmt: skip
    said = "、".join(str(each) for each in exceptions(data, pack))
    return [until, *rest, ALLOWED.format(exceptions=said), doors(pack)]
