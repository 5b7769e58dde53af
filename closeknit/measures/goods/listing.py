"""The batches of an area: what lacks a certificate, what waits for a decision, what is held."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.goods.models import Batch
from closeknit.measures.goods.standing import badge, lacking, lacks_words
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

ARRIVED = Text("Goods arrived", "登记到货")
NONE = Empty(
    Text("No goods here yet", "暂无货物批次"),
    Text("Record each batch as it comes to a store, with its certificates; what is missing then stands here.",
         "货物到库时逐批登记并核对证明，缺少的证明在此列出。"),
    icon="package",
)  # fmt: skip
STATES = [
    ("lacking", Text("Lack a certificate", "缺少证明")), ("open", Text("To decide", "待处置")), ("held", Text("Held", "已暂扣")),
    ("released", Text("Released", "已放行")), ("all", Text("All", "全部")),
]  # fmt: skip


def _listing(area: str, pack: Policy) -> Listing:
    inside = Q(area__in=Area.objects.below(area).values("code"))

    def in_state(rows: QuerySet[Batch], state: str) -> QuerySet[Batch]:
        wanted = {"lacking": lacking(pack), "open": Q(outcome=""), "held": Q(outcome="held"), "released": Q(outcome="released")}
        return rows.filter(wanted[state]) if state in wanted else rows

    def stores() -> list[tuple[str, Any]]:
        codes = Batch.objects.filter(inside).order_by().values_list("place", flat=True).distinct()
        return sorted(((code, one.name) for code, one in names.places(codes).items()), key=lambda pair: pair[1])

    def dress(page: list[Batch]) -> list[Any]:
        called, areas = names.places({row.place for row in page}), Area.objects.names({row.area for row in page})
        for row in page:
            shown: Any = row
            shown.store = called[row.place].name if row.place in called else row.place
            shown.area_name = areas.get(row.area, row.area)
        return page

    return Listing(
        columns=(
            Column("batch", Text("Batch", "批次号"), lambda row: row.topic, sort=("topic", "place"), phone="title",
                   link=lambda row: links.to("goods.batch", batch=row.topic, code=row.place)),
            Column("state", Text("State", "状态"), lambda row: badge(row, pack), sort=("outcome", "-arrived_at", "id"), phone="end"),
            Column("goods", Text("Goods", "货物"), lambda row: row.goods, sort=("goods", "id")),
            Column("lacks", Text("Certificates missing", "缺少证明"), lambda row: lacks_words(row, pack) or None, phone="wide"),
            Column("reason", Text("Reason", "原因"), lambda row: row.reason or None, phone="wide"),
            Column("store", Text("Store", "冷库"), lambda row: row.store, sort=("place", "id"),
                   link=lambda row: links.to("stores.store", code=row.place)),
            Column("imported", Text("Imported", "进口"), lambda row: row.imported, sort=("imported", "id")),
            Column("origin", Text("Origin", "产地"), lambda row: row.origin or None, sort=("origin", "id"), hidden=True),
            Column("kg", Text("Weight (kg)", "重量（千克）"), lambda row: row.quantity_kg, number=True, sort=("quantity_kg", "id")),
            Column("arrived", Text("Arrived", "到库时间"), lambda row: row.arrived_at, sort=("arrived_at", "id")),
            Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area", "id"), hidden=True),
        ),
        order="-arrived",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), in_state, choices=STATES, standing="all"),
            Filter("place", Text("Store", "冷库"), equals("place"), choices=stores),
        ),
        search=words_in("topic", "goods", "origin", "reason"),
        dress=dress,
    )  # fmt: skip


def batches(request: Request, area: str) -> HttpResponse:
    """The batches of an area; `?state=` lacking, open, held, released, all; `?place=` one store's."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    rows = Batch.objects.filter(area__in=Area.objects.below(area).values("code"))
    actions = []
    if can(request.account, "coldchain.record"):
        place = request.GET.get("place", "")
        known = place and Place.objects.current().filter(code=place).exists()
        said = {"next": request.get_full_path(), **({"place": place} if known else {})}
        actions = [Action(ARRIVED, f"{links.to('records.record', kind='coldchain.batch_arrived')}?{urlencode(said)}", "plus", primary=True)]
    heading = Text("Goods: {area}", "{area} 货物批次", area=row.name)
    crumbs = [*links.above(request.account, row, "goods.batches"), (row.name, links.to("stores.list", area=area))]
    return _listing(area, pack).respond(request, rows, heading=heading, crumbs=crumbs, actions=actions)
