"""The delivery list of an area, in walking order: what is left at each door, what is owed, who cannot come down; and the presses."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area, Level
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.measures.deliveries.balances import balances
from closeknit.measures.deliveries.lines import STATES, Line, Presses, dressed, lines
from closeknit.measures.supplies.kinds import Closings, Pack, catalogue

ORDER = Text("Record an order", "登记订购")
NONE = Empty(
    Text("Nothing has been ordered here yet", "本辖区尚无订购"),
    Text(
        "Orders come from a chat group's sign-up, by telephone, at the door or by page; here they stand until they are delivered.",
        "订单来自微信群接龙、电话、上门或网页登记，登记后在此按楼栋列出，直至送达。",
    ),
    icon="package",
)


@dataclass
class Asked:
    """A delivery list as a request asks for it."""

    request: Request
    area: Area

    @cached_property
    def known(self) -> dict[str, Pack]:
        return catalogue(self.area.code)

    @cached_property
    def closings(self) -> Closings:
        return Closings.of(self.area.code)

    @cached_property
    def lines(self) -> list[Line]:
        """Every line of the area."""
        made = balances(self.area.code, closings=self.closings)
        return lines(made, self.known, self.closings, clock.now())

    @property
    def rounds(self) -> list[date]:
        """The rounds in which anything was ordered, the latest first."""
        return sorted({day for line in self.lines for each in line.packs for day in each.rounds}, reverse=True)

    @property
    def has_buildings(self) -> bool:
        """Whether a building's name tells which one it is: within a village it does, in a town there is a first one in each."""
        return self.area.level in (Level.VILLAGE, Level.GRID)

    @cached_property
    def listing(self) -> Listing:
        """Its columns and filters."""
        may = can(self.request.account, "supplies.record")
        full = names.in_full(self.request.account, "supplies.record")
        buildings = list(dict.fromkeys(line.building for line in self.lines if line.building)) if self.has_buildings else []
        packs = sorted({each.key.pack for line in self.lines for each in line.packs})
        villages = Area.objects.names({line.area for line in self.lines})
        act = Column("act", Text("At the door", "登记送达"), lambda line: line.presses, export=lambda line: "", phone="wide")

        def dress(shown: list[Line]) -> list[Line]:
            return [self._pressed(line) if may else line for line in dressed(shown, full=full)]

        return Listing(
            columns=(*COLUMNS, act) if may else COLUMNS,
            order="way",
            empty=NONE,
            filters=(
                Filter("state", Text("State", "状态"), where(lambda line, state: line.is_in(state)), choices=list(STATES.items()),
                       standing="left"),
                Filter("building", Text("Building", "楼栋"), where(lambda line, value: line.building == value),
                       choices=[(each, each) for each in buildings]),
                Filter("village", Text("Area", "地区"), where(lambda line, value: line.area == value), choices=list(villages.items())),
                Filter("pack", Text("Pack", "物资包"), where(lambda line, value: any(each.key.pack == value for each in line.packs)),
                       choices=[(code, self.known[code].label if code in self.known else code) for code in packs]),
                Filter("round", Text("Round", "批次"), where(_in_round), choices=[(f"{day}", f"{day}") for day in self.rounds]),
                Filter("older", Text("Ordered before the last 24 h", "订购超过24小时"), where(lambda line, _: _older(line)), type="flag"),
            ),
            search=words_said(lambda line: (line.code, line.address, line.building)),
            search_label=Text("Address or code", "地址或户编号"),
            codes=lambda line: [line.code],
            what="household",
            dress=dress,
        )  # fmt: skip

    def _pressed(self, line: Line) -> Line:
        """The line with its buttons, where anything is left."""
        if not line.left:
            return line
        back = self.request.get_full_path()
        first = next(each for each in line.packs if each.left)
        who = {"household": line.household, "person": line.person, "area": line.area, "pack": first.key.pack, "next": back}
        asked = urlencode({name: value for name, value in {**who, "quantity": first.left}.items() if value})
        short, part = (f"{reverse('records.record', args=[kind])}?{asked}" for kind in ("supplies.fell_short", "supplies.delivered"))
        presses = Presses(line, reverse("deliveries.deliver", args=[self.area.code]), short, part, back, uuid7())
        return replace(line, presses=presses)


def _in_round(line: Line, day: str) -> bool:
    return any(each.isoformat() == day for balance in line.packs for each in balance.rounds)


def _older(line: Line) -> bool:
    return line.since is not None and line.now - line.since > timedelta(hours=24)


COLUMNS = (
    Column("way", Text("Building", "楼栋"), lambda line: line.building or line.area_name, sort=lambda line: line.way, phone="line"),
    Column("door", Text("Door", "户"), lambda line: line.name, link=lambda line: line.url, phone="title"),
    Column("state", Text("State", "状态"), lambda line: line.badge, sort=lambda line: line.urgency, phone="end"),
    Column("address", Text("Address", "地址"), lambda line: line.address, phone="wide"),
    Column("packs", Text("To deliver", "待送"), lambda line: line.said("left") or None, phone="wide"),
    Column("marks", Text("Who lives there", "特殊情况"), lambda line: "、".join(map(str, line.marks)) or None, phone="wide"),
    Column("pay", Text("Payment", "付款"), lambda line: line.payment, sort=lambda line: (-line.owed, line.way)),
    Column("short", Text("What was short", "缺少情况"), lambda line: line.why_short or None, phone="wide"),
    Column("since", Text("Ordered", "订购时间"), lambda line: line.since, hidden=True,
           sort=lambda line: (line.late_at is None, line.late_at, line.way) if line.late_at else (True, line.now, line.way)),
    Column("ordered", Text("Ordered in all", "累计订购"), lambda line: line.said("ordered") or None, hidden=True),
    Column("delivered", Text("Delivered in all", "累计送达"), lambda line: line.said("delivered") or None, hidden=True),
    Column("over", Text("More than ordered", "多于订购"), lambda line: line.said("over") or None, hidden=True),
    Column("area", Text("Area", "地区"), lambda line: line.area_name, sort=lambda line: (line.area_name, line.way), hidden=True),
    Column("code", Text("Code", "户编号"), lambda line: line.code, hidden=True),
    Column("sign", Text("Signature", "签收"), lambda line: "", file_only=True),
)  # fmt: skip


def doors(request: Request, area: str) -> HttpResponse:
    """The list; where a building is chosen, one press for all of it."""
    row = Area.objects.current().get(code=area)
    asked = Asked(request, row)
    heading = Text("Deliveries: {area}", "{area} 配送清单", area=row.name)
    crumbs = links.above(request.account, row, "deliveries.doors")
    building = request.GET.get("building", "") if asked.has_buildings else ""
    count = sum(1 for line in asked.lines if line.building == building and line.left) if building else 0
    context = {"building": building, "count": count, "base": uuid7(), "area": row, "back": request.get_full_path()}
    context["may_record"] = can(request.account, "supplies.record")
    listing = asked.listing if asked.lines else replace(asked.listing, filters=())
    page: dict[str, Any] = {"heading": heading, "crumbs": crumbs, "actions": _actions(request, area)}
    return listing.respond(request, asked.lines, template="deliveries/doors.html", context=context, **page)


def _actions(request: Request, area: str) -> list[Action]:
    actions = [
        Action(Text("Picking list", "备货单"), links.to("picking.shops", area=area), "clipboard-list"),
        Action(Text("By area", "供需平衡"), links.to("picking.levels", area=area), "chart-bar"),
    ]
    if can(request.account, "supplies.record"):
        back = urlencode({"area": area, "channel": "phone", "next": request.get_full_path()})
        sign_up = links.to("orders.chain", area=area)
        actions += [Action(Text("From a chat group", "接龙登记"), sign_up, "upload")] if sign_up else []
        actions.append(Action(ORDER, f"{reverse('records.record', args=['supplies.ordered'])}?{back}", "plus", primary=True))
    return actions
