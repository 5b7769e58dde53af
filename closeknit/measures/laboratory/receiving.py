"""Receiving tubes: scan or paste their numbers, or take a box as it was handed over."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.laboratory.actions import Received, receive
from closeknit.measures.laboratory.rules import codes
from closeknit.measures.laboratory.work import ON_ITS_WAY
from closeknit.measures.tubes.kinds import within

LAB = FormField("lab", Text("Laboratory", "检测机构"), required=True, maximum=60)
EVENT = FormField("event", Text("Number", "编号"), "hidden", required=True)
TUBES = FormField(
    "tubes",
    Text("Numbers of the tubes", "采样管编号"),
    "long_text",
    required=True,
    help=Text("Scan one after the other, or paste a list: one a line.", "逐管扫描，或粘贴清单，每行一管。"),
    maximum=60_000,
)
RECEIVED = Text("Received: {n}.", "已接收 {n} 管。")
AGAIN = Text("Received before, not again: {n} ({first}).", "{n} 管此前已接收，未重复登记（{first}）。")
UNHANDED = Text(
    "Nobody has handed over {n} of them ({first}); they stand among what does not reconcile.",
    "其中 {n} 管无交接登记（{first}），已列入账实不符。",
)
ALL_BEFORE = Text("All of these were received before. Nothing was recorded.", "以上采样管此前均已接收，未作登记。")


def last_lab(account: Account) -> str:
    """The laboratory that the account named last; empty where it never did."""
    said = Event.objects.filter(kind__in=("testing.received", "testing.resulted"), member=author(account)).order_by("-arrival")
    data = said.values_list("data", flat=True).first()
    return str(data["lab"]) if data else ""


def receiving(request: Request, area: str) -> HttpResponse:
    """The form; with `?box=` filled with what was handed over in it."""
    row = Area.objects.current().get(code=area)
    initial = {"lab": last_lab(request.account), "event": str(uuid7()), "tubes": "\n".join(_of_box(request, area))}
    form = Form([LAB, TUBES, EVENT], request.POST if request.method == "POST" else None, initial)
    if form.valid():
        wanted = codes(form.values["tubes"])
        try:
            came = receive(request.account, wanted, area=area, lab=form.values["lab"], root=carried_id(form.values))
        except Invalid as invalid:
            form.refuse("tubes" if "tubes" in invalid.field else "lab", invalid.text)
        else:
            if came.new:
                _told(request, came)
                return redirect("laboratory.work", area=area)
            form.refuse("tubes", ALL_BEFORE)
    crumbs = [(Text("Laboratory", "检测机构"), reverse("laboratory.work", args=[area]))]
    context = {"form": form, "cancel": reverse("laboratory.work", args=[area]), "submit": Text("Receive", "接收")}
    heading = Text("Receive tubes: {area}", "{area} 接收样本", area=row.name)
    return show(request, "laboratory/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _of_box(request: Request, area: str) -> list[str]:
    box = request.GET.get("box", "")
    if not box:
        return []
    rows = within(area).filter(ON_ITS_WAY, box=box, carrier=request.GET.get("carrier", ""))
    return list(rows.order_by("code").values_list("code", flat=True))


def _told(request: Request, came: Received) -> None:
    tell(request, RECEIVED.format(n=len(came.new)))
    for found, text in ((came.again, AGAIN), (came.unhanded, UNHANDED)):
        if found:
            tell(request, text.format(n=len(found), first=found[0]), tone="watch")
