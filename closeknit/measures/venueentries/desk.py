"""The desk at an entrance: whoever comes is registered by the way that suits them, and the page is ready for the next one."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, between_days
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import links, questions
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Decision, Invalid
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.venueentries.counts import by_day
from closeknit.measures.venueentries.uptake import BARE
from closeknit.measures.venues.kinds import Entered
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

KIND, RECORD, DAYS = "venues.entered", "venues.record", 7
WORDS = {each.value: each.label for each in Decision}
TONES = {Decision.ADMITTED: "good", Decision.TURNED_AWAY: "watch", Decision.REFERRED: "info"}
TAKEN = Text("Registered. The next, please.", "已登记，请下一位。")
EQUAL = Notice(
    Text(
        "No phone? Sheet, identity card and a helper count the same. In an emergency let them in first and register afterwards.",
        "没有手机的，纸质登记、查看证件、他人代登记效力相同。急难情况先放行后补登。",
    ),
    "info",
)  # fmt: skip


def _decision(event: Event) -> Badge:
    said = event.data.get("decision") or Decision.ADMITTED.value
    return Badge(WORDS[said], TONES[Decision(said)])


ROWS = Listing(
    columns=(
        Column("at", Text("Time", "时间"), lambda event: event.at, sort=("at", "id"), phone="title"),
        Column("decision", Text("Decision", "处置"), _decision, export=lambda event: str(_decision(event)), phone="end"),
    ),
    order="-at",
    empty=Empty(
        Text("Nobody is registered here yet", "暂无进入登记"),
        Text("Register at this desk, print a sheet, or hang the code at the entrance.", "可在此登记、打印纸质表，或在出入口张贴登记码。"),
        icon="building-store",
    ),
    filters=(Filter("day", Text("Day", "日期"), between_days("at"), type="days"),),
    per_page=20,
)  # fmt: skip


def _form(request: Request, pack: Policy) -> Form:
    shapes = questions.shown(kinds()[KIND], pack)
    fields = [FormField("event", "", "hidden"), *map(questions.question, shapes)]
    return Form(
        fields, request.POST if request.method == "POST" else None, {"event": str(uuid7()), "entrance": request.GET.get("entrance", "")}
    )


def desk(request: Request, code: str) -> HttpResponse:
    """The desk of one venue, with its numbers by day and its rows without anybody in them."""
    place = Place.objects.current().filter(code=code).first()
    if place is None:
        raise Http404
    pack = policy(place.area)
    form = _form(request, pack)
    if request.method == "POST" and not can(request.account, RECORD):
        raise PermissionDenied
    if form.valid() and (answer := _saved(request, place, form, pack)):
        kept = {"entrance": form.values["entrance"]} if form.values["entrance"] else {}
        here = reverse("venues.desk", args=[code]) + (f"?{urlencode(kept)}" if kept else "")
        told(request, answer, TAKEN, here)
        return redirect(here)
    begins = clock.now().astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = standing(Entered).filter(place=code, at__gte=begins - timedelta(days=DAYS - 1)).only("id", "at", "place", "data")
    context: dict[str, Any] = {
        "form": form, "may": can(request.account, RECORD), "days": by_day(code, begins, DAYS), "bare": BARE, "equal": EQUAL,
        "submit": Text("Register", "登记"),
    }  # fmt: skip
    area = Area.objects.current().get(code=place.area)
    crumbs = [*links.above(request.account, area, "venues.entries"), (area.name, links.to("venues.by_venue", area=area.code))]
    return ROWS.respond(
        request, rows, template="venueentries/desk.html", context=context, heading=place.name, crumbs=crumbs, actions=_actions(place)
    )


def _saved(request: Request, place: Place, form: Form, pack: Policy) -> str:
    shapes = questions.shown(kinds()[KIND], pack)
    event = carried_id(form.values)
    try:
        return save(
            request.account, Entry(event, KIND, place.area, questions.answers(shapes, form.values, pack.timezone), {"place": place.code})
        ).id
    except Invalid as invalid:
        form.refuse(invalid.field.removeprefix("data."), invalid.text)
        return ""


def _actions(place: Place) -> list[Action]:
    sheet = links.to("sheets.print")
    asked = urlencode({"kind": KIND, "area": place.area, "place": place.code})
    check = links.to("passes.gate", area=place.area)
    return [
        *([Action(Text("Check a code", "查验通行状态"), f"{check}?{urlencode({'place': place.code})}", "id-badge-2")] if check else []),
        *([Action(Text("Sheet for those without a phone", "无手机人员登记表"), f"{sheet}?{asked}", "printer")] if sheet else []),
    ]
