"""Enrolling a phone: the worker is chosen, the code is shown for ten minutes, and the page goes on by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Notice
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Member, Place
from closeknit.sync.enrolment.address import is_secure, reaches_phones, server_address
from closeknit.sync.enrolment.cards import HELPER, card_for_shift, card_of
from closeknit.sync.enrolment.inviting import invite
from closeknit.sync.models import Card, Device, Invitation

LONGEST_SHIFT = timedelta(hours=24)
PHONES, ENROL, SHIFT = Text("Phones", "手机管理"), Text("Enrol a phone", "登记手机"), Text("Card for one shift", "临时班次卡")
SHOW_CODE = Text("Show the code", "显示登记码")
HAS_ONE = Text(
    "{name} already has {codes} in use. Revoke what was lost; a second phone is fine.",
    "{name} 已有在用手机 {codes}。如已遗失请先停用；可同时使用多部。",
)
TOO_LONG = Text("A shift ends within a day from now: choose a time up to {until}.", "班次须在一天内结束，请选择 {until} 之前的时间。")
NOT_LOCAL = Text(
    "{address} means this computer alone: no phone reaches it. Open this page under the name that phones reach, or set "
    "CLOSEKNIT_ADDRESS. docs/running.md, “How a phone reaches the server”, tells the ways.",
    "{address} 仅指本机，手机无法访问。请改用手机可访问的地址打开本页，或设置 CLOSEKNIT_ADDRESS。"
    "详见 docs/running.md“How a phone reaches the server”一节。",
)
NOT_SECURE = Text(
    "{address} is not https: a phone's browser gives no camera, no encryption and no work without a network there. "
    "docs/running.md, “How a phone reaches the server”, tells how to get a certificate; a box of one's own types: closeknit certificate",
    "{address} 不是 https，手机浏览器将无法使用摄像头、加密与离线功能。证书办法见 docs/running.md“How a phone reaches the server”一节，"
    "本单位自建服务器请运行：closeknit certificate",
)
OVER = Text("This time is past. Choose when the shift ends.", "该时间已过，请选择班次结束时间。")


def _areas(rows: list[Member]) -> list[Member]:
    names = Area.objects.names({row.area for row in rows})
    phones: dict[str, list[str]] = {}
    for member, code in Device.objects.filter(member__in={row.code for row in rows}, revoked_at=None).values_list("member", "code"):
        phones.setdefault(member, []).append(code)
    for row in rows:
        shown: Any = row
        shown.area_name, shown.phones = names.get(row.area, row.area), phones.get(row.code, [])
    return rows


WORKERS = Listing(
    columns=(
        Column(
            "name", Text("Name", "姓名"), lambda row: row.name, sort=("name", "code"), phone="title",
            link=lambda row: reverse("enrolling.worker", args=[row.code]),
        ),
        Column("code", Text("Code", "人员编号"), lambda row: row.code, sort=("code",)),
        Column("role", Text("Role", "职务"), lambda row: role_words(row.role) or None, sort=("role", "code")),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area", "code")),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=("unit", "code")),
        Column("phones", Text("Phones in use", "在用手机"), lambda row: ", ".join(sorted(row.phones)) or None, phone="end"),
    ),
    order="area",
    empty=Empty(
        Text("No members here yet", "本辖区尚无人员"),
        Text("`closeknit import members members.csv` brings them.", "用 closeknit import members members.csv 导入。"),
        icon="users",
    ),
    search=words_in("name", "code", "unit"),
    search_label=Text("Name or code of the worker", "姓名或人员编号"),
    dress=_areas,
)  # fmt: skip


def workers(request: Request) -> HttpResponse:
    """For whom? The members of the reader's area."""
    rows = visible(Member.objects.current(), request.account).exclude(role=HELPER)
    return WORKERS.respond(request, rows, crumbs=_crumbs())


def area_of_worker(code: str) -> str | None:
    """The area of a member, by which the gate decides."""
    return Member.objects.current().filter(code=code).values_list("area", flat=True).first()


def worker(request: Request, code: str) -> HttpResponse:
    """Within which area the worker's phone may be handed over; then its code."""
    row = Member.objects.current().filter(code=code).first()
    if row is None or row.role == HELPER:
        raise Http404
    if request.POST.get("do") == "card":
        return redirect("enrolling.card", number=card_of(row, by=author(request.account)).pk)
    choices = _around(request.account, row.area)
    asked = FormField(
        "area", Text("May be handed over to workers of", "可交接范围"), type="choice", required=True, choices=choices,
        help=Text("A lost phone shows no more than its bearer's area.", "范围越小越安全。"),
    )  # fmt: skip
    form = Form((asked,), request.POST if request.method == "POST" else None, {"area": row.area})
    if form.valid():
        return _code(request, card_of(row, by=author(request.account)), area=form.values["area"])
    phones = sorted(Device.objects.filter(member=code, revoked_at=None).values_list("code", flat=True))
    context = {
        "form": form,
        "notice": Notice(HAS_ONE.format(name=row.name, codes=", ".join(phones)), "info") if phones else None,
        "submit": SHOW_CODE,
        "cancel": reverse("enrolling.workers"),
        "worker": row,
    }
    crumbs = [*_crumbs(), (ENROL, reverse("enrolling.workers"))]
    return show(request, "enrolling/worker.html", context, heading=row.name, crumbs=crumbs, status=422 if form.errors else 200)


def shift(request: Request) -> HttpResponse:
    """A card for somebody who helps for one shift at one place, and the code for their phone."""
    form = Form(_shift_fields(request.account), request.POST if request.method == "POST" else None)
    if form.valid():
        _refuse_times(form)
    if form.valid():
        place = visible(Place.objects.current(), request.account).get(code=form.values["place"])
        card = card_for_shift(
            form.values["name"], place=place, until=form.values["until"], unit=form.values["unit"] or "", by=author(request.account)
        )
        return _code(request, card, area=place.area)
    context = {"form": form, "submit": SHOW_CODE, "cancel": reverse("devices.list")}
    return show(request, "console/pages/form.html", context, crumbs=_crumbs(), status=422 if form.errors else 200)


def _shift_fields(account: Account) -> list[FormField]:
    places = [(row.code, f"{row.name} {row.code}") for row in visible(Place.objects.current(), account).order_by("name", "code")]
    return [
        FormField("name", Text("Name", "姓名"), required=True, maximum=100),
        FormField("unit", Text("Unit", "单位"), maximum=100),
        FormField("place", Text("Place", "地点"), type="choice", required=True, choices=places or [("", "—")]),
        FormField("until", Text("Shift ends", "班次结束"), type="datetime", required=True),
    ]


def _refuse_times(form: Form) -> None:
    until, now = form.values["until"], clock.now()
    if until <= now:
        form.refuse("until", OVER)
    elif until > now + LONGEST_SHIFT:
        form.refuse("until", TOO_LONG.format(until=localtime(now + LONGEST_SHIFT).strftime("%Y-%m-%d %H:%M")))


def _code(request: Request, card: Card, *, area: str) -> HttpResponse:
    """The code, shown this once: it is in no address and in no log."""
    invitation, code = invite(card, area=area, by=author(request.account))
    server = server_address(f"{request.scheme}://{request.get_host()}")
    address = f"{server}/field/#enrol={code}"
    context = {
        "notices": _warnings(server),
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=4, light="#fff"),
        "address": address,
        "card": card,
        **_state(invitation),
    }
    actions = [Action(Text("Print the card", "打印工作卡"), reverse("enrolling.card", args=[card.pk]), "printer")]
    return show(request, "enrolling/code.html", context, heading=card.name, crumbs=_crumbs(), actions=actions)


def _warnings(server: str) -> list[Notice]:
    if not reaches_phones(server):
        return [Notice(NOT_LOCAL.format(address=server), "bad")]
    return [] if is_secure(server) else [Notice(NOT_SECURE.format(address=server), "watch")]


def area_of_invitation(number: UUID) -> str | None:
    """The area of an invitation, by which the gate decides."""
    return Invitation.objects.filter(pk=number).values_list("area", flat=True).first()


def invited(request: Request, number: UUID) -> HttpResponse:
    """How a code stands; the page with the picture asks here, and is led here when the code has done its work or is over."""
    invitation = Invitation.objects.select_related("card").filter(pk=number).first()
    if invitation is None:
        raise Http404
    context = _state(invitation)
    if "HX-Request" in request.headers:
        if context["waits"]:
            return render(request, "enrolling/state.html", context)
        return HttpResponse(headers={"HX-Redirect": request.path})
    again = [Action(Text("New code", "重新生成登记码"), _again(invitation.card), "refresh", primary=not context["device"])]
    return show(request, "enrolling/invited.html", context, heading=invitation.card.name, crumbs=_crumbs(), actions=again)


def _again(card: Card) -> str:
    return reverse("enrolling.worker", args=[card.member]) if card.kind == Card.Kind.MEMBER else reverse("enrolling.shift")


def _state(invitation: Invitation) -> dict[str, Any]:
    left = max(0, int((invitation.expires_at - clock.now()).total_seconds()))
    return {
        "invitation": invitation,
        "waits": invitation.used_at is None and left > 0,
        "minutes": f"{left // 60}:{left % 60:02}",
        "until": _time(invitation.expires_at),
        "device": Device.objects.filter(pk=invitation.device).first() if invitation.used_at else None,
    }


def _time(moment: datetime) -> str:
    return localtime(moment).strftime("%H:%M")


def _around(account: Account, area: str) -> Sequence[tuple[str, str]]:
    """The area and those around it, as far up as the account answers for; the smallest first."""
    row = Area.objects.current().get(code=area)
    codes = [code for code in row.path.split("/") if code]
    rows = areas_of(account).filter(code__in=codes)
    return [(each.code, each.name) for each in sorted(rows, key=lambda each: -len(each.path))]


def _crumbs() -> list[tuple[Text | str, str]]:
    return [(PHONES, reverse("devices.list"))]
