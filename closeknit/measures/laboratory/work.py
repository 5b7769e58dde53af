"""A laboratory's worklist: boxes on their way, tubes that wait for a result; the longest wait first."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tile
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.tubes.kinds import Tube, hours, within
from closeknit.policy.packs import policy

ON_ITS_WAY = Q(hand_overs__gt=0, receipts=0, result="")
WAITING = Q(receipts__gt=0, result="")
NOTHING = Empty(
    Text("No tube waits for a result", "暂无待出结果的采样管"),
    Text("Receive a box first: scan its tubes or paste their numbers.", "请先接收转运箱：扫描管号或粘贴清单。"),
    icon="test-pipe",
)


def boxes(area: str, now: datetime, limit: timedelta) -> list[dict[str, Any]]:
    """The boxes that were handed over and did not arrive, the longest on their way first."""
    rows = within(area).filter(ON_ITS_WAY).values("box", "carrier").annotate(tubes=Count("pk"), since=Min("handed_at")).order_by("since")
    return [{**row, "late": row["since"] < now - limit} for row in rows]


def _listing(now: datetime, limit: timedelta, labs: list[str]) -> Listing:
    def late(row: Tube) -> Badge:
        over = row.received_at is not None and row.received_at < now - limit
        return Badge(Text("too long", "超时"), "bad") if over else Badge(Text("in time", "时限内"), "info")

    def dress(rows: list[Tube]) -> list[Tube]:
        areas, places = Area.objects.names({row.area for row in rows}), names.places({row.place for row in rows})
        for row in rows:
            row.where = places[row.place].name if row.place in places else areas.get(row.area, row.area)  # type: ignore[attr-defined]
        return rows

    return Listing(
        columns=(
            Column("tube", Text("Tube", "管号"), lambda row: row.code, ("code",), phone="title",
                   link=lambda row: reverse("tubes.tube", args=[row.code])),
            Column("state", Text("State", "状态"), late, phone="end"),
            Column("received", Text("Received", "接收时间"), lambda row: row.received_at, ("received_at", "code")),
            Column("pool", Text("Pool of", "混采规格"), lambda row: row.pool or None, ("pool", "code"), number=True),
            Column("count", Text("Sealed over", "封管份数"), lambda row: row.sealed_count, number=True),
            Column("lab", Text("Laboratory", "检测机构"), lambda row: row.lab, ("lab", "received_at", "code")),
            Column("box", Text("Box", "转运箱"), lambda row: row.box, ("box", "code")),
            Column("where", Text("From", "来源"), lambda row: row.where),
        ),
        order="received",
        empty=NOTHING,
        filters=(
            Filter("lab", Text("Laboratory", "检测机构"), equals("lab"), choices=[(lab, lab) for lab in labs]),
            Filter("late", Text("Only what takes too long", "仅看超时"), lambda rows, _: rows.filter(received_at__lt=now - limit), "flag"),
        ),
        search=words_in("code", "box"),
        search_label=Text("Number of tube or box", "管号、转运箱号"),
        dress=dress,
    )  # fmt: skip


def work(request: Request, area: str) -> HttpResponse:
    """What a laboratory has to do: receive what comes, give results to what is there."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    coming = boxes(area, at.now, hours(pack, "receive"))
    limit = hours(pack, "result")
    waiting = within(area).filter(WAITING)
    late = waiting.filter(received_at__lt=at.now - limit).count()
    late_boxes = sum(box["late"] for box in coming)
    receive, results = (reverse(f"laboratory.{name}", args=[area]) for name in ("receive", "results"))
    for box in coming:
        box["url"] = f"{receive}?{urlencode({'box': box['box'], 'carrier': box['carrier']})}"
    tiles = [
        Tile(sum(box["tubes"] for box in coming), Text("On their way", "转运中"), "#coming"),
        Tile(late_boxes, Text("Boxes late", "转运超时"), "#coming", tone="bad" if late_boxes else "good"),
        Tile(waiting.count(), Text("Wait for a result", "待出结果")),
        Tile(late, Text("Results late", "结果超时"), "?late=1", tone="bad" if late else "good"),
    ]
    labs = sorted(set(waiting.values_list("lab", flat=True)) - {""})
    actions = [
        Action(Text("Receive tubes", "接收样本"), receive, "package", primary=True),
        Action(Text("Give results", "录入结果"), results, "test-pipe"),
        Action(Text("Results from a file", "导入结果"), reverse("laboratory.upload", args=[area]), "upload"),
    ]
    heading = Text("Laboratory: {area}", "{area} 检测机构", area=row.name)
    context = {"at": at, "tiles": tiles, "boxes": coming}
    frame: dict[str, Any] = {"template": "laboratory/work.html", "heading": heading, "actions": actions}
    crumbs = links.above(request.account, row, "laboratory.work")
    return _listing(at.now, limit, labs).respond(request, waiting, context=context, crumbs=crumbs, **frame)
