"""The catalogue as a list: what is offered now, what was, and the forms to offer or change a pack."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.supplies.catalogue import Pack, catalogue
from closeknit.policy.packs import policy

OFFER = Text("Offer a pack", "上架物资包")
CHANGE = Text("Change", "修改")
FREE = Text("free", "免费")
NONE = Empty(
    Text("No pack", "暂无物资包"), Text("Offer a pack: residents can then order it.", "先上架物资包，居民即可订购。"), icon="package"
)


def price(pack: Pack) -> Text | str | None:
    """What a pack costs, in words."""
    return None if pack.price is None else FREE if not pack.price else f"{pack.price:g}"


def packs(request: Request, area: str) -> HttpResponse:
    """The packs that an area knows."""
    row, today = Area.objects.current().get(code=area), clock.now().astimezone(policy(area).timezone).date()
    known = sorted(catalogue(area).values(), key=lambda pack: pack.code)
    shops = {code: called.name for code, called in names.places({pack.shop for pack in known}).items()}
    may_change = can(request.account, "supplies.manage")
    action = Action(OFFER, _form(area, request.path), "plus", primary=True)
    heading = Text("Packs: {area}", "{area} 物资包目录", area=row.name)
    crumbs = links.above(request.account, row, "supplies.packs")
    listing = _listing(area, today, shops, may_change=may_change)
    return listing.respond(request, known, heading=heading, crumbs=crumbs, actions=[action] if may_change else [])


def _form(area: str, back: str, pack: Pack | None = None) -> str:
    said: dict[str, Any] = {"area": area, "next": back}
    if pack is not None:
        label = pack.label if isinstance(pack.label, Text) else Text(pack.label, pack.label)
        said |= {
            "pack": pack.code, "title": label.zh, "title_en": label.en, "contents": pack.contents, "unit": pack.unit, "place": pack.shop,
            "price": "" if pack.price is None else f"{pack.price:g}", "synonyms": "\n".join(pack.synonyms), "first_day": pack.first_day,
            "last_day": pack.last_day,
        }  # fmt: skip
    return f"{reverse('records.record', args=['supplies.pack_offered'])}?{urlencode({k: v for k, v in said.items() if v})}"


def _listing(area: str, today: date, shops: dict[str, str], *, may_change: bool) -> Listing:
    def state(pack: Pack) -> Badge:
        return Badge(Text("Offered", "在售"), "good") if pack.on(today) else Badge(Text("Not offered now", "未在售"), "quiet")

    back = reverse("supplies.packs", args=[area])
    act = Column("act", Text("Next", "下一步"), lambda pack: Action(CHANGE, _form(area, back, pack)), export=lambda pack: "", phone="wide")
    return Listing(
        columns=(
            Column("pack", Text("Pack", "物资包"), lambda pack: pack.label, sort=lambda pack: str(pack.label), phone="title",
                   link=lambda pack: links.to("register.event", event=pack.event) if pack.event else ""),
            Column("state", Text("State", "状态"), state, phone="end"),
            Column("price", Text("Price (yuan)", "价格（元）"), price),
            Column("unit", Text("Unit", "单位"), lambda pack: pack.unit or None),
            Column("contents", Text("What is in it", "内容"), lambda pack: pack.contents or None, phone="wide"),
            Column("shop", Text("Shop", "供货点"), lambda pack: shops.get(pack.shop)),
            Column("words", Text("What people call it", "居民叫法"), lambda pack: "、".join(pack.synonyms), phone="wide"),
            Column("from", Text("Offered from", "起始日期"), lambda pack: pack.first_day or None),
            Column("until", Text("Offered until", "截止日期"), lambda pack: pack.last_day or None),
            Column("code", Text("Code", "代码"), lambda pack: pack.code, sort=lambda pack: pack.code),
            *((act,) if may_change else ()),
        ),
        order="code",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda pack, value: pack.on(today) == (value == "on")),
                   choices=[("on", Text("Offered", "在售")), ("off", Text("Not offered now", "未在售"))]),
        ),
        search=words_said(lambda pack: (pack.label, pack.code, pack.contents, *pack.synonyms)),
    )  # fmt: skip
