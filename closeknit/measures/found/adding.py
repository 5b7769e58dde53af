"""Those whom no list knows: telling of them, and saying who of the roster they prove to be."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import in_scope, visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import Crumb, show
from closeknit.console.records import links
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.registry.actions import Refused, find, void
from closeknit.registry.kinds import Category, What
from closeknit.registry.reading.names import area_of_household, choices

ADDED = Text("Registered. Due from now on like everybody.", "已登记，自即日起纳入应访应检。")
UNDONE = Text("Undone.", "已撤销。")
UNDO_SECONDS = 60


def crumbs(request: Request, area: str, *beyond: Crumb) -> list[Crumb]:
    """The way down to an area and into it, as far as the reader sees."""
    row = Area.objects.current().get(code=area)
    return [*links.above(request.account, row, "register.area"), (row.name, links.to("register.area", area=area)), *beyond]


def _fields(request: Request, what: str) -> list[FormField]:
    person = what == "person"
    home = Text("Lives in household (empty: a sleeper without a household)", "所在户编号（无固定住处可不填）")
    fields = [
        FormField("what", Text("What", "对象"), "hidden", required=True),
        FormField("name", Text("Name", "姓名") if person else Text("Name of the family", "户主姓名"), maximum=60),
        FormField(
            "landmark", Text("Landmark: how to find them", "位置说明（怎么找到）"), required=not request.GET.get("household"), maximum=200
        ),
        FormField("area", Text("Area", "所属区域"), "choice", required=True, choices=choices(request.account)),
    ]
    if person:
        fields[1:1] = [FormField("household", home, maximum=80)]
        fields += [
            FormField("category", Text("Category", "人员类别"), "choice", choices=[(each.value, each.label) for each in Category]),
            FormField("id_no", Text("ID number", "证件号码"), maximum=30),
            FormField("birth_date", Text("Date of birth", "出生日期"), "date", maximum=clock.now().date().isoformat()),
            FormField("phone", Text("Telephone", "联系电话"), maximum=40),
        ]
    return fields


def add(request: Request) -> HttpResponse:
    """Tells of a family or a person whom no list knows; each form counts once, however often it is sent."""
    what = request.POST.get("what") or request.GET.get("what", "household")
    what = what if what in {each.value for each in What} else "household"
    initial = {"what": what, "area": request.GET.get("area", request.account.area), "household": request.GET.get("household", "")}
    event_id = FormField("event", Text("Number", "编号"), "hidden", required=True)
    fields = [*_fields(request, what), event_id]
    form = Form(fields, request.POST if request.method == "POST" else None, {**initial, "event": str(uuid7())})
    if form.valid() and _may(request, form):
        try:
            return _added(request, form, what)
        except Refused as refused:
            form.refuse(refused.field, refused.text)
    other = "household" if what == "person" else "person"
    context = {
        "form": form,
        "what": what,
        "other": f"{reverse('register.add')}?{urlencode({**initial, 'what': other})}",
        "cancel": reverse("register.found"),
    }
    heading = (
        Text("A person whom no list knows", "登记名册外人员") if what == "person" else Text("A family whom no list knows", "登记名册外户")
    )
    return show(
        request,
        "found/add.html",
        context,
        heading=heading,
        crumbs=crumbs(request, request.account.area),
        status=422 if form.errors else 200,
    )


def _may(request: Request, form: Form) -> bool:
    """Whether area and household lie in the reader's scope."""
    if not in_scope(request.account, form.values["area"]):
        form.refuse("area", Text("This area is not yours. Choose one of the list.", "该地区不在您的辖区，请从列表中选择。"))
    home = form.values.get("household")
    if home and not in_scope(request.account, area_of_household(home)):
        form.refuse(
            "household",
            Text("No such household in your area. Leave it empty for a sleeper without one.", "辖区内无此户。无固定住处者可不填。"),
        )
    return not form.errors


def _added(request: Request, form: Form, what: str) -> HttpResponse:
    told = {name: value for name, value in form.values.items() if value and name not in ("area", "event")}
    if "birth_date" in told:
        told["birth_date"] = told["birth_date"].isoformat()
    event_id = UUID(form.values["event"])
    code = find(by=author(request.account), area=form.values["area"], data=told, event_id=event_id)
    tell(request, ADDED, undo=reverse("register.undo", kwargs={"event": event_id}))
    if what == "person" and told.get("household"):
        return redirect("register.household", code=told["household"])
    return redirect(f"register.{what}", code=code)


@require_POST
def undo(request: Request, event: UUID) -> HttpResponse:
    """Takes back what one told of a moment ago."""
    held = visible(Event.objects.filter(id=event, kind="registry.found"), request.account).first()
    if held is None or held.member != author(request.account):
        raise Http404
    if (clock.now() - held.received_at).total_seconds() > UNDO_SECONDS:
        tell(
            request,
            Text("Too late to undo. Open the record and withdraw it with a reason.", "已超时。请打开该记录，写明原因后作废。"),
            tone="watch",
        )
        return redirect("register.event", event=event)
    if held.superseded_at is None:
        void(held, by=author(request.account), reason=UNDONE.zh)
    tell(request, UNDONE, tone="info")
    return redirect(f"{reverse('register.found')}")
