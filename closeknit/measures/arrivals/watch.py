"""What has not arrived whole: records refused or waiting, records still on devices, roster rows that nobody has placed."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.models import Event, Refusal
from closeknit.measures.arrivals.rules import holes
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.registry.models import Import, Member, RosterRow

ROWS = {
    "parked": Text("set aside", "搁置"),
    "doubtful": Text("in doubt", "存疑"),
}


def _most_first(case: Case) -> tuple[Any, ...]:
    return (-case.number, str(case.name))


def open_refusals(area: str, as_of: datetime | None = None) -> QuerySet[Refusal]:
    """Records of the area that were rejected, conflict or wait; those that name no area of ours by the area of who sent them."""
    below = Area.objects.below(area).values("code")
    members = Member.objects.current().filter(area__in=below).values("code")
    here = Q(area__in=below) | (~Q(area__in=Area.objects.current().values("code")) & Q(member__in=members))
    rows = Refusal.objects.filter(here)
    if as_of is None:
        return rows.filter(settled_at__isnull=True)
    return rows.filter(Q(settled_at__isnull=True) | Q(settled_at__gt=as_of), received_at__lte=as_of)


@watch(
    Rule(
        "ledger.refused", 320, "watch", "ledger.view",
        Text("Records refused or waiting: {n}", "{n} 条上传记录被退回或待补"),
        Text("See records", "查看记录"),
        Text("Work was done and does not count yet: figures are too low.", "工作已做但未计入，数据偏低。"),
    )
)  # fmt: skip
def refused(look: Look) -> Watched:
    """Refused and waiting records, by who sent them."""
    rows = open_refusals(look.area.code, look.as_of).values("member").annotate(number=Count("pk"), since=Min("received_at"))
    units = dict(Member.objects.current().filter(code__in=[row["member"] for row in rows]).values_list("code", "unit"))
    url = look.link(links.to("arrivals.records", area=look.area.code))
    cases = [Case(units.get(row["member"]) or row["member"], "", row["since"], row["number"], row["member"]) for row in rows]
    return Watched(sorted(cases, key=_most_first), url)


def devices(look: Look) -> list[Case]:
    """Devices that counted on past records which have not come, among the last arrivals; refused ones have come."""
    known = Event.objects.exclude(device__startswith="console:")
    if look.as_of is not None:
        known = known.filter(received_at__lte=look.as_of)
    last = known.aggregate(last=Max("arrival"))["last"] or 0
    recent = known.filter(arrival__gt=last - int(look.policy.get("command.holes_among_last")))
    counted = recent.values("device").annotate(low=Min("seq"), high=Max("seq"), there=Count("seq", distinct=True), last=Max("received_at"))
    suspects = {row["device"]: row for row in counted.filter(high__gte=F("low") + F("there"))}
    at_home = dict(
        recent.filter(device__in=suspects, area__in=Area.objects.below(look.area.code).values("code")).values_list("device", "member")
    )
    there = Event.objects.filter(device=OuterRef("device"), seq=OuterRef("seq"))
    elsewhere: dict[str, int] = {}
    for device, seq in Refusal.objects.filter(device__in=at_home).exclude(Exists(there)).values_list("device", "seq").distinct():
        row = suspects[device]
        elsewhere[device] = elsewhere.get(device, 0) + (seq is not None and row["low"] < seq < row["high"])
    found = [
        Case(device, "", row["last"], holes((row["low"], row["high"], row["there"]), elsewhere.get(device, 0)), at_home[device])
        for device, row in suspects.items()
        if device in at_home
    ]
    return sorted((case for case in found if case.number), key=_most_first)


@watch(
    Rule(
        "ledger.holes", 330, "watch", "ledger.view",
        Text("Records still on devices: {n}", "{n} 条记录仍在设备上"),
        Text("Which devices", "查看设备"),
        Text("The device counted on and its records have not arrived.", "设备序号不连续，记录尚未上传。"),
    )
)  # fmt: skip
def still_on_devices(look: Look) -> Watched:
    """Records that stand between two that have come."""
    return Watched(devices(look), f"{look.link(links.to('arrivals.records', area=look.area.code))}#devices")


@watch(
    Rule(
        "registry.rows", 360, "info", "registry.view",
        Text("Roster rows in doubt or set aside: {n}", "{n} 行名册存疑或搁置"),
        Text("Mend rows", "去处理"),
        Text("Those set aside are due nowhere until they are placed.", "搁置行在处理前不计入应落实。"),
    )
)  # fmt: skip
def rows(look: Look) -> Watched:
    """Roster rows that are set aside or in doubt and at which nobody has looked."""
    below = Area.objects.below(look.area.code).values("code")
    imports = Import.objects.filter(area__in=below).values("id")
    here = Q(area__in=below) | Q(area="", brought_by__in=imports)
    grouped = RosterRow.objects.as_of(look.as_of).filter(here, status__in=list(ROWS), left=False).values("status")
    listed = links.to("imports.rows")
    cases = [
        Case(ROWS[row["status"]], look.area.code, row["since"], row["number"], url=f"{listed}?status={row['status']}" if listed else "")
        for row in grouped.annotate(number=Count("pk"), since=Min("learned_at"))
    ]
    return Watched(sorted(cases, key=lambda case: str(case.name)), listed)
