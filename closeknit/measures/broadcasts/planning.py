"""Planning: one channel and text for several villages and days at once, each a line of its own."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records.saving import Entry, author, guard, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.wire import cleaned
from closeknit.measures.broadcasts.listing import PLAN, WAYS
from closeknit.measures.library.kinds import holding_in, must_be_covered
from closeknit.policy.packs import policy

MOST = 1_000
PLANNED = Text("{n} line{n:s} planned.", "已制定 {n} 项计划。")
ORDER = Text("The last day lies before the first.", "截止日期早于开始日期。")
TOO_MANY = Text(
    "These are {n} lines; at most {most} at once. Choose fewer days or villages.", "共 {n} 项，一次最多 {most} 项，请减少天数或村。"
)
MEANT = Text("Times, pieces, people or households; 0 takes the lines away.", "次、份、人或户；填 0 即取消。")

guard("outreach.planned", must_be_covered)


def _fields(area: str) -> list[FormField]:
    areas = list(Area.objects.below(area).order_by("path").values_list("code", "name"))
    known = [(each.code, f"{each.code} {each.in_force.written.data['title']}") for each in holding_in(area) if each.in_force]
    approved = Text("Approved texts that hold here.", "本地可用的已审定文稿。")
    return [
        FormField("channel", Text("Channel", "宣传方式"), "choice", required=True, choices=list(WAYS.items())),
        FormField("areas", Text("Where", "地区"), "list", required=True, choices=areas),
        FormField("first", Text("First day", "开始日期"), "date", required=True),
        FormField("last", Text("Last day", "截止日期"), "date", required=True),
        FormField(
            "quantity", Text("How many a day in each", "每地每日数量"), "integer", required=True, minimum=0, maximum=1_000_000, help=MEANT
        ),
        *([FormField("text_id", Text("Text", "文稿"), "choice", choices=known, help=approved)] if known else []),
        FormField("where", Text("At what place", "位置"), maximum=200),
    ]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _entries(values: dict[str, Any]) -> list[Entry]:
    said = {name: values.get(name) for name in ("channel", "quantity", "text_id", "where")}
    return [
        Entry(uuid7(), "outreach.planned", area, cleaned({**said, "day": day.isoformat()}))
        for area in values["areas"] for day in _days(values["first"], values["last"])
    ]  # fmt: skip


def new(request: Request, area: str) -> HttpResponse:
    """The form of a plan."""
    row = Area.objects.current().get(code=area)
    today = clock.now().astimezone(policy(area).timezone).date()
    initial = {"first": today, "last": today, "areas": [area]}
    form = Form(_fields(area), request.POST if request.method == "POST" else None, initial)
    if form.valid():
        _check(form)
    if form.valid():
        answers = save_many(request.account, _entries(form.values), by=author(request.account))
        refused = next((each for each in answers if isinstance(each, Invalid)), None)
        if refused is None:
            tell(request, PLANNED.format(n=len(answers)))
            return redirect("broadcasts.plan", area=area)
        form.refuse(refused.field.removeprefix("data."), refused.text)
    context = {"form": form, "cancel": reverse("broadcasts.plan", args=[area])}
    crumbs = [(PLAN, reverse("broadcasts.plan", args=[area]))]
    heading = Text("Plan for {area}", "{area} 制定宣传计划", area=row.name)
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _check(form: Form) -> None:
    values = form.values
    number = len(values["areas"]) * ((values["last"] - values["first"]).days + 1)
    if number <= 0:
        form.refuse("last", ORDER)
    elif number > MOST:
        form.refuse("last", TOO_MANY.format(n=number, most=MOST))
