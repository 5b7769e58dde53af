"""One cold store: its chiefs and what is wrong with them, checks, goods, workers' tests, swabs, and who named whom."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.places import plan
from closeknit.campaigns.cadences.rules import DUE, OVERDUE
from closeknit.campaigns.cadences.standing import today
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice, Tile
from closeknit.console.records import links
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.coldchain.kinds import COLD_STORE, Chief, StoreChecked
from closeknit.measures.goods.kinds import batches_of
from closeknit.measures.stores import words
from closeknit.measures.stores.history import told
from closeknit.measures.stores.listing import NOT_SWABBED, SWABBED
from closeknit.measures.stores.standing import Store, of_places
from closeknit.measures.surfaces.kinds import PLAN
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

MOST = 40
NAME = Text("Name chiefs", "指定库长")


def found(code: str) -> Store:
    """The store of a code, as it stands now. Raises Http404 where no cold store has it."""
    place = Place.objects.current().filter(code=code, category=COLD_STORE).first()
    if place is None:
        raise Http404
    return of_places([place], policy(place.area), clock.now())[0]


def store(request: Request, code: str) -> HttpResponse:
    """The page of one store."""
    held = found(code)
    area, pack = Area.objects.current().get(code=held.place.area), policy(held.place.area)
    checks = list(standing(StoreChecked).filter(place=code).defer("personal", "digest").order_by("-at", "-id")[:MOST])
    context = {
        "notices": [Notice(words.fault(each), "bad") for each in held.faults],
        "chiefs": [(role.label, str(words.AND).join(held.names(role)), duty(pack, role)) for role in Chief],
        "facts": _facts(held, area),
        "goods": _goods(request, held, pack),
        "tests": _tests(held, pack) if pack.has("testing") else [],
        "checks": _ways(checks),
        "history": told(held.place, full=can(request.account, "coldchain.manage")),
    }
    crumbs = [*links.above(request.account, area, "stores.list"), (area.name, links.to("stores.list", area=area.code))]
    return show(request, "stores/store.html", context, heading=held.place.name, crumbs=crumbs, actions=_actions(request, held))


def duty(pack: Policy, role: Chief) -> Text:
    """What a chief answers for, as the pack says it."""
    said = pack.get(f"coldchain.duties.{role.value}", {})
    return Text(said.get("en", ""), said.get("zh", ""))


def _ways(events: list[Event]) -> list[tuple[str, str]]:
    """Records in words, each with the way to it."""
    return [
        (said, links.to("register.event", event=str(event.id))) for said, event in zip(sentences(events, dated=True), events, strict=True)
    ]


def _facts(held: Store, area: Area) -> Facts:
    return Facts(
        [
            (Text("Chiefs", "库长"), words.INVALID if held.faults else words.VALID),
            (Text("Check", "检查"), words.check(held)),
            (Text("Last checked", "末次检查"), held.last.at if held.last else None),
            (Text("Notice", "公示牌"), words.notice(held)),
            (Text("Found at the last check", "末次检查发现问题"), str(words.ALSO).join(held.problems) or Text("none", "无")),
            (Text("Area", "地区"), area.name), (Text("Code", "编号"), held.place.code),
        ]
    )  # fmt: skip


def _goods(request: Request, held: Store, pack: Policy) -> list[Tile]:
    """How many batches are open, held, and lack a certificate."""
    kept = list(batches_of(held.place.code, pack))
    url = links.to("goods.batches", area=held.place.area)

    def way(state: str) -> str:
        return f"{url}?{urlencode({'state': state, 'place': held.place.code})}" if url else ""

    lacking = sum(1 for each in kept if each.lacks)
    open_ = sum(1 for each in kept if not each.outcome)
    on_hold = sum(1 for each in kept if each.outcome == "held")
    return [
        Tile(lacking, Text("Lack a certificate", "缺少证明"), way("lacking"), tone="bad" if lacking else "good"),
        Tile(open_, Text("To decide", "待放行"), way("open"), tone="watch" if open_ else "good"),
        Tile(on_hold, Text("Held", "已暂扣"), way("held")),
        Tile(len(kept), Text("All batches", "全部批次"), way("")),
    ]


def _tests(held: Store, pack: Policy) -> list[Any]:
    """The groups of workers kept at the store, and its swabs: label, state, way."""
    now, code, area = clock.now(), held.place.code, held.place.area
    kept = today(area, pack, now, lent=True)
    overdue, due, members = (kept.counts(OVERDUE), kept.counts(DUE), kept.members()) if kept.groups else ({}, {}, {})
    people = links.to("routine.persons", area=area)
    rows: list[Any] = [
        (
            each.label,
            Text("{overdue} of {n} overdue, {due} due by today", "{n} 人中逾期 {overdue} 人，今日前应检 {due} 人",
                 overdue=overdue[group], n=members[group], due=due[group]),
            f"{people}?{urlencode({'group': group, 'state': ''})}" if people else "",
        )
        for group, each in kept.groups.items()
        if each.group.place == code
    ]  # fmt: skip
    swabs = next((each for each in plan(PLAN, area, pack, now) if each.place.code == code), None)
    if swabs is not None:
        rows.append((Text("Swabs of surfaces and goods", "环境和物品采样"), NOT_SWABBED if swabs.is_late else SWABBED,
                     links.to("routine.places", area=area)))  # fmt: skip
    return rows


def _actions(request: Request, held: Store) -> list[Action]:
    code, made = held.place.code, []
    said = urlencode({"place": code, "area": held.place.area, "next": request.path})

    def form(kind: str) -> str:
        return f"{links.to('records.record', kind=kind)}?{said}"

    if can(request.account, "coldchain.manage"):
        made.append(Action(NAME, links.to("stores.chiefs", code=code), "user-plus", primary=bool(held.faults)))
    if can(request.account, "coldchain.record"):
        check, arrived = form("coldchain.store_checked"), form("coldchain.batch_arrived")
        made.append(Action(Text("Record a check", "登记检查"), check, "clipboard-check", primary=not held.faults))
        made.append(Action(Text("Goods arrived", "登记到货"), arrived, "package"))
    return [*made, Action(Text("Public notice", "公示牌"), links.to("stores.notice", code=code), "printer")]
