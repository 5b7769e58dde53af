"""Setting the officers: those who are named take turns, one a day, from a day on."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, author, guard, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.policy.packs import policy
from closeknit.registry.actions import Refused
from closeknit.registry.members.chiefs import resolve

MOST_DAYS = 62
WHO = Text(
    "Names or codes of members, one a line. They take turns, one a day, in this order.", "人员姓名或编号，每行一人，按此顺序逐日轮班。"
)
SET = Text("{n} day{n:s} set.", "已排定 {n} 天。")


def _a_member(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the officer is no member of the area or above it."""
    try:
        if resolve(str(entry.data["worker"]), "worker", area=entry.area) != entry.data["worker"]:
            raise Refused("worker", Text("Give the member's code here.", "此处请填写人员编号。"))
    except Refused as refused:
        raise Invalid("data.worker", "unknown", refused.text) from refused


guard("coldchain.duty_set", _a_member)


def plan(request: Request, area: str) -> HttpResponse:
    """The form; all days or none."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    tomorrow = clock.now().astimezone(pack.timezone).date() + timedelta(days=1)
    fields = [
        FormField("event", "", "hidden"),
        FormField("day", Text("First day", "起始日期"), "date", required=True),
        FormField("days", Text("How many days", "共几天"), "integer", required=True, minimum=1, maximum=MOST_DAYS),
        FormField("workers", Text("Officers", "执法人员"), "list", required=True, help=WHO),
    ]
    initial = {"event": str(uuid7()), "day": tomorrow, "days": 7}
    form = Form(fields, request.POST if request.method == "POST" else None, initial)
    back = links.to("coldposts.roster", area=area)
    if form.valid():
        entries = _entries(form, area)
        outcomes = save_many(request.account, entries, by=author(request.account)) if entries else []
        wrong = next((each for each in outcomes if isinstance(each, Invalid)), None)
        if wrong is not None:
            form.refuse("workers", wrong.text)
        elif entries:
            tell(request, SET.format(n=len(entries)))
            return redirect(back)
    context = {"form": form, "cancel": back}
    crumbs = [(Text("Cold-chain posts: {area}", "{area} 冷链查验点", area=row.name), back)]
    return show(request, "console/pages/form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _entries(form: Form, area: str) -> list[Entry]:
    """One record a day; none, with the error beside the field, where somebody is no member."""
    try:
        workers = [code for typed in form.values["workers"] if (code := resolve(typed, "workers", area=area))]
    except Refused as refused:
        form.refuse(refused.field, refused.text)
        return []
    days = [form.values["day"] + timedelta(days=number) for number in range(form.values["days"])]
    form_id = UUID(form.values["event"])
    return [
        Entry(
            uuid5(form_id, day.isoformat()), "coldchain.duty_set", area, {"day": day.isoformat(), "worker": workers[number % len(workers)]}
        )
        for number, day in enumerate(days)
    ]
