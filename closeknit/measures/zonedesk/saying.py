"""What is said of a zone besides its order: lifted, announced, a condition, an objection and its decision."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.console.forms import FormField
from closeknit.console.records import asking, finding, links
from closeknit.console.records.saving import Entry, author, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import kinds
from closeknit.measures.zones.kinds import Zone, all_zones, living, named, zone_of
from closeknit.policy.packs import Policy, policy

SAYABLE = {
    "lifted": "zones.manage", "condition_noted": "zones.manage", "announced": "zones.record", "objected": "zones.record",
    "objection_decided": "zones.manage",
}  # fmt: skip
ASKED = {
    "lifted": ("reason",), "condition_noted": ("condition", "met", "ground"), "announced": ("way", "where"), "objected": ("words", "way"),
    "objection_decided": ("outcome", "reason"),
}  # fmt: skip
RECORDED = Text("Recorded: {kind}", "已登记：{kind}")
WHO = FormField(
    "household", Text("Household", "户"), required=True, maximum=80,
    help=Text("Its code, its door, or a name of somebody who lives there.", "填写户编号、门牌或住户姓名。"),
)  # fmt: skip
NOT_INSIDE = Text("This household does not live in the zone: nobody holds it.", "该户不在此管控区内，未受管控。")
OWN_CAUSE = Text("You gave this order. Somebody else decides about the objection.", "该决定由您作出，异议须由其他人员处理。")
NO_OBJECTION = Text("There is no open objection under this number.", "没有该编号的待处理异议。")
OVER = Text("This zone is over already: everybody is free.", "该管控区已结束，无须解除。")
NO_CONDITION = Text("This is none of the conditions that the order names.", "该项不在决定写明的解除条件内。")


def say(request: Request, zone: str, what: str) -> HttpResponse:
    """The form of one kind about one zone; afterwards back to its page."""
    if what not in SAYABLE:
        raise Http404
    if not can(request.account, SAYABLE[what]):
        raise PermissionDenied
    held, _ = zone_of(request.account, zone, clock.now())
    kind, pack = kinds()[f"zones.{what}"], policy(request.account.area)
    back = links.to("zones.zone", zone=zone)

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        area, household = request.account.area, ""
        if what == "objected":
            one = finding.resolve(request.account, "household", values.pop("household"), "")
            household, area = (one.code, one.area or area) if one else ("", area)
        data = {**asking.said(kind.name, values, area), "zone": zone}
        if what == "objection_decided":
            objection = next((each for each in held.objections if each.topic == request.GET.get("objection")), None)
            if objection is None:
                raise Invalid("data.objection", "no_objection", NO_OBJECTION)
            household, area, data["objection"] = objection.household, objection.area, objection.topic
        return [Entry(form, kind.name, area, data, {"household": household} if household else {})]

    return asking.respond(
        request, asking.Asking(_fields(what, held, pack), entries, RECORDED.format(kind=kind.label), back),
        initial=dict(request.GET.items()), heading=kind.label, crumbs=[(str(held.shown(clock.now()).data["name"]), back)],
    )  # fmt: skip


def _fields(what: str, zone: Zone, pack: Policy) -> list[FormField]:
    known = named(pack, "zones.conditions")
    lifts = [(code, known[code].label if code in known else code) for code in zone.shown(clock.now()).data["lifts"]]
    asked = asking.fields(f"zones.{what}", *ASKED[what], condition={"type": "choice", "choices": lifts})
    return [WHO, *asked] if what == "objected" else asked


def objected(account: Account, entry: Entry) -> None:
    """Only who lives in a zone can object to it."""
    zone, now = all_zones().get(str(entry.data.get("zone"))), clock.now()
    order = zone.order_at(now) or zone.next_order(now) if zone else None
    homes = living([(zone, order)], account.area).all_households if zone and order else set()
    if entry.references.get("household") not in homes:
        raise Invalid("data.household", "not_inside", NOT_INSIDE)


def decided(account: Account, entry: Entry) -> None:
    """Nobody decides about an objection to an order of their own."""
    zone = all_zones().get(str(entry.data.get("zone")))
    objection = next((each for each in zone.objections if each.topic == entry.data.get("objection")), None) if zone else None
    if zone is None or objection is None:
        raise Invalid("data.objection", "no_objection", NO_OBJECTION)
    contested = [each for each in zone.orders if each.order <= objection.order][-1:] or zone.orders[-1:]
    if author(account) in {each.member for each in contested}:
        raise Invalid("data.outcome", "own_cause", OWN_CAUSE)


def lifted(account: Account, entry: Entry) -> None:
    """Only what holds, or will, can be lifted."""
    zone = all_zones().get(str(entry.data.get("zone")))
    if zone is None or zone.state(clock.now()) == "over":
        raise Invalid("data.reason", "over", OVER)


def noted(account: Account, entry: Entry) -> None:
    """A condition is one of those that the order names."""
    zone = all_zones().get(str(entry.data.get("zone")))
    if zone is None or entry.data.get("condition") not in zone.shown(clock.now()).data["lifts"]:
        raise Invalid("data.condition", "unknown_code", NO_CONDITION)


for name, refuses in (
    ("zones.objected", objected), ("zones.objection_decided", decided), ("zones.lifted", lifted), ("zones.condition_noted", noted),
):  # fmt: skip
    guard(name, refuses)
