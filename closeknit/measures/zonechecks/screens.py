"""Checks of zones: which were looked at when, what is not met, and the form of a check."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Actions, Badge, Empty, Notice, Tab, Tabs
from closeknit.console.records import asking, links, names
from closeknit.console.records.saving import Entry
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.zonechecks.reading import NEVER, Checked, checked
from closeknit.measures.zones.kinds import Zone, doors, label, named, touching, zone_of
from closeknit.policy.packs import Policy, policy

STANDARD, MET, NOT_MET = "s_", "met", "not_met"
ANSWERS = ((MET, Text("Met", "达标")), (NOT_MET, Text("Not met", "未达标")))
CHECK = Text("Check", "开展检查")
DONE = Text(
    "Recorded. What is not met stands on the list until a later check says that it is.", "已登记。未达标项将列入清单，直至复查达标。"
)
NO_ZONE = Empty(
    Text("No zone is in force here", "本辖区无生效管控区"),
    Text(
        "Zones in force are checked by the standards of the rules; what is not met stands here.",
        "生效管控区按规定标准检查，未达标项在此列出。",
    ),
    icon="clipboard-check",
)
ALL_MET = Empty(
    Text("Nothing is left unmet", "无未达标项"),
    Text("Every standard that was looked at is met.", "已检查的标准均达标。"),
    icon="circle-check",
)


@dataclass(frozen=True)
class Line:
    """A zone in force and what its checks say."""

    zone: Zone
    found: Checked
    overdue: bool
    standards: int

    @property
    def name(self) -> str:
        return str(self.zone.orders[-1].data["name"])

    @property
    def badge(self) -> Badge:
        if self.overdue:
            return Badge(Text("Not checked in time", "逾期未检查"), "bad")
        if self.found.not_met:
            return Badge(Text("Not all met", "有未达标项"), "watch")
        return Badge(Text("All met", "均达标"), "good") if self.found.last else Badge(Text("Not checked yet", "尚未检查"), "quiet")

    @property
    def met(self) -> str:
        return f"{sum(met for met, _ in self.found.words.values())}/{self.standards}"


@dataclass(frozen=True)
class Unmet:
    """A standard of a zone that is not met, by which check."""

    zone: Zone
    code: str
    label: Text | str
    check: Event
    who: str

    @property
    def name(self) -> str:
        return str(self.zone.orders[-1].data["name"])


def lines(area: str, pack: Policy, now: datetime, as_of: datetime | None = None) -> list[Line]:
    """The zones in force that touch an area, those first that nobody looked at in time."""
    until = now if as_of else None
    zones = [each for each in touching(area, now, until=until, as_of=as_of)[0] if each.order_at(now)]
    found = checked((each.number for each in zones), until=until, as_of=as_of)
    every, standards = timedelta(hours=float(pack.get("zones.check_every_h"))), len(named(pack, "zones.standards"))
    made = [Line(each, had := found.get(each.number, NEVER), had.is_overdue(each, now, every), standards) for each in zones]
    return sorted(made, key=lambda line: (not line.overdue, -len(line.found.not_met), line.zone.number))


def _act(zone: str) -> Action:
    return Action(CHECK, links.to("zonechecks.check", zone=zone), "clipboard-check")


def _page(request: Request, area: str, here: str) -> dict[str, Any]:
    row = Area.objects.current().get(code=area)
    ways = (("zonechecks.zones", Text("By zone", "按管控区")), ("zonechecks.unmet", Text("Not met", "未达标项")))
    tabs = Tabs([Tab(word, links.to(name, area=area), name == here) for name, word in ways])
    crumbs = links.above(request.account, row, here)
    return {"template": "zonechecks/checks.html", "context": {"tabs": tabs}, "crumbs": crumbs}


def zones(request: Request, area: str) -> HttpResponse:
    """The zones in force with their last check."""
    rows, may = lines(area, policy(area), clock.now()), can(request.account, "zonechecks.record")
    listing = Listing(
        columns=(
            Column("name", Text("Zone", "管控区"), lambda row: row.name, sort=lambda row: (row.name, row.zone.number), phone="title",
                   link=lambda row: links.to("zones.zone", zone=row.zone.number)),
            Column("state", Text("State", "状态"), lambda row: row.badge, phone="end",
                   sort=lambda row: (not row.overdue, -len(row.found.not_met), row.zone.number)),
            Column("met", Text("Standards met", "达标项"), lambda row: row.met, sort=lambda row: (row.met, row.zone.number)),
            Column("not_met", Text("Not met", "未达标项"), lambda row: len(row.found.not_met), number=True,
                   sort=lambda row: len(row.found.not_met)),
            Column("last", Text("Last check", "最近检查"), lambda row: row.found.last.at if row.found.last else None),
            *((Column("act", Text("Next", "下一步"), lambda row: _act(row.zone.number), export=lambda row: "", phone="wide"),)
              if may else ()),
        ),
        order="state",
        empty=NO_ZONE,
        search=words_said(lambda row: (row.name, row.zone.number)),
    )  # fmt: skip
    return listing.respond(request, rows, **_page(request, area, "zonechecks.zones"))


def unmet(request: Request, area: str) -> HttpResponse:
    """Every standard that is not met, zone by zone."""
    pack, may = policy(area), can(request.account, "zonechecks.record")
    rows = list(_unmet(area, pack))
    listing = Listing(
        columns=(
            Column("standard", Text("Standard", "标准"), lambda row: row.label, sort=lambda row: (str(row.label), row.zone.number),
                   phone="title"),
            Column("zone", Text("Zone", "管控区"), lambda row: row.name, sort=lambda row: (row.name, row.zone.number, row.code),
                   link=lambda row: links.to("zones.zone", zone=row.zone.number)),
            Column("since", Text("Found", "发现时间"), lambda row: row.check.at,
                   sort=lambda row: (row.check.at, row.zone.number, row.code)),
            Column("note", Text("What was found", "发现的问题"), lambda row: row.check.told().get("note") or None, phone="wide"),
            Column("who", Text("By", "检查人"), lambda row: row.who),
            *((Column("act", Text("Next", "下一步"), lambda row: Actions([_act(row.zone.number)]), export=lambda row: "", phone="wide"),)
              if may else ()),
        ),
        order="since",
        empty=ALL_MET,
        filters=(
            Filter("standard", Text("Standard", "标准"), where(lambda row, value: row.code == value),
                   choices=[(each.code, each.label) for each in named(pack, "zones.standards").values()]),
        ),
        search=words_said(lambda row: (row.name, row.label, row.check.told().get("note", ""))),
    )  # fmt: skip
    return (listing if rows else replace(listing, filters=())).respond(request, rows, **_page(request, area, "zonechecks.unmet"))


def _unmet(area: str, pack: Policy) -> Iterable[Unmet]:
    found = [(line.zone, code, event) for line in lines(area, pack, clock.now()) for code, event in line.found.not_met.items()]
    members = names.members({event.member for _, _, event in found})
    for zone, code, event in found:
        yield Unmet(zone, code, label(pack, "zones.standards", code), event, members.get(event.member, event.member))


def check(request: Request, zone: str) -> HttpResponse:
    """The form of a check: each standard of the rules in force is met or not; what nobody looked at is left open."""
    held, _ = zone_of(request.account, zone, clock.now())
    order = held.shown(clock.now())
    pack, back = policy(order.area), links.to("zones.zone", zone=zone)
    standards = named(pack, "zones.standards").values()
    asked = [FormField(f"{STANDARD}{each.code}", each.label, "choice", choices=ANSWERS) for each in standards]

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        said = {answer: [each.code for each in standards if values.get(f"{STANDARD}{each.code}") == answer] for answer, _ in ANSWERS}
        data = {name: codes for name, codes in said.items() if codes}
        note = {"note": values["note"]} if values.get("note") else {}
        return [Entry(form, "zonechecks.checked", request.account.area, {"zone": zone, **data, **note})]

    fields = [*asked, *asking.fields("zonechecks.checked", "note", note={"type": "long_text"})]
    name = str(order.data["name"])
    return asking.respond(
        request, asking.Asking(fields, entries, DONE, back), heading=Text("Check: {name}", "检查：{name}", name=name),
        crumbs=[(name, back)],
        context={"notices": [Notice(doors(pack), "info")]},
    )  # fmt: skip
