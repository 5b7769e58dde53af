"""What the console refuses of isolation: an order without ground or end, a room that is full, a judge in their own cause."""

from closeknit.access.models import Account
from closeknit.console.records.saving import Entry, author, guard
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid, parse_time
from closeknit.measures.isolation.kinds import Room, event_ids, of_persons, order_troubles, rooms, stays
from closeknit.policy.packs import policy
from closeknit.registry.models import Person, Place

UNKNOWN_ROOM = Text(
    "This site has no room {room}. Set it up first, or choose one of: {free}.", "该场所无 {room} 房间。请先设置，或选择：{free}。"
)
CLOSED = Text("Room {room} is closed: {reason}. Choose one of: {free}.", "{room} 房间已停用：{reason}。可选：{free}。")
FULL = Text("Room {room} is full. Choose one of: {free}.", "{room} 房间已住满。可选：{free}。")
OWN_CAUSE = Text("You gave this order. Somebody else decides about the objection.", "该通知由您下达，异议须由其他人员处理。")
NO_OBJECTION = Text("There is no open objection of this person under this number.", "此人没有该编号的待处理异议。")
NOT_HELD = Text("Nobody holds this person: there is no order, no transfer and no site.", "此人没有隔离通知，也不在隔离场所，无需解除。")
NONE = Text("none is free", "暂无空房")


def ordered(account: Account, entry: Entry) -> None:
    """An order has a rule, evidence, and the rule's end or a reason for another."""
    try:
        parse_time(str(entry.data.get("until", "")))
    except ValueError:
        return  # the ledger says what is allowed
    if not {"rule", "evidence"} <= entry.data.keys():
        return  # as above
    known = event_ids(entry.data["evidence"])
    for trouble in order_troubles(entry.data, entry.at or clock.now(), known, policy(entry.area)):
        if trouble.refused:
            raise Invalid(f"data.{trouble.field}", "against_rule", trouble.text)


def room_given(account: Account, entry: Entry) -> None:
    """A room that is set up, open, and has a bed; or that holds the person's own household."""
    place, person, number = (entry.references.get("place", ""), entry.references.get("person", ""), str(entry.data.get("room", "")))
    area = Place.objects.current().filter(code=place).values_list("area", flat=True).first()
    held = rooms([place], stays(area)) if area else []
    room = next((each for each in held if each.number == number), None)
    free = "、".join(each.number for each in held if each.free) or NONE
    if room is None:
        raise Invalid("data.room", "unknown_room", UNKNOWN_ROOM.format(room=number, free=free))
    if room.closed:
        raise Invalid("data.room", "closed_room", CLOSED.format(room=number, reason=room.reason, free=free))
    if not room.free and person not in room.persons and not _one_household(room, person):
        raise Invalid("data.room", "full_room", FULL.format(room=number, free=free))


def _one_household(room: Room, person: str) -> bool:
    rows = Person.objects.current().filter(code__in=[person, *room.persons])
    homes = list(rows.values_list("household", flat=True))
    return len(homes) == len(room.persons) + 1 and len(set(homes)) == 1


def decided(account: Account, entry: Entry) -> None:
    """Nobody decides about an objection to an order of their own."""
    person = entry.references.get("person", "")
    stay = of_persons([person]).get(person)
    if stay is None or str(entry.data.get("objection")) not in {each.topic for each in stay.objections}:
        raise Invalid("data.objection", "no_objection", NO_OBJECTION)
    objection = next(each for each in stay.objections if each.topic == str(entry.data["objection"]))
    contested = [each for each in stay.orders if each.order <= objection.order][-1:] or stay.orders[-1:]
    if author(account) in {each.member for each in contested}:
        raise Invalid("data.outcome", "own_cause", OWN_CAUSE)


def released(account: Account, entry: Entry) -> None:
    """Only somebody who is held can be released."""
    person = entry.references.get("person", "")
    stay = of_persons([person]).get(person)
    if stay is None or not (stay.order or stay.place or stay.stage):
        raise Invalid("data.reason", "not_held", NOT_HELD)


for kind, refuses in (
    ("isolation.ordered", ordered), ("isolation.room_given", room_given), ("isolation.objection_decided", decided),
    ("isolation.released", released),
):  # fmt: skip
    guard(kind, refuses)
