"""Choosing a scheme and a day, then the rounds that follow: to look at and to change before they are kept."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.planning import BadPlan, fresh_code, plan
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.record import writing
from closeknit.measures.roundplans.rules import Round, proposed, schemes
from closeknit.policy.packs import Policy, policy

KIND = "testing.round"
TITLE, LOOK = Text("Plan rounds by a scheme", "按方案排定轮次"), Text("Rounds of the scheme", "核对轮次")
SCHEME, FIRST = Text("Scheme", "方案"), Text("First day", "首轮日期")
KEEP, NAME = Text("Round {n}: plan it", "第 {n} 轮：排定"), Text("Round {n}: name", "第 {n} 轮：名称")
FROM, TO = Text("Round {n}: begins", "第 {n} 轮：开始"), Text("Round {n}: ends", "第 {n} 轮：结束")
UNDER = Text("Excuse children under", "免检：不满")
UNDER_HELP = Text("Left empty: nobody is excused by age.", "不填则不按年龄免检。")
NONE_KEPT = Text("No round is ticked. Tick those that shall be planned.", "没有勾选任何一轮，请勾选要排定的轮次。")
WHOLE = Text("Round {n} needs a name, a beginning and an end.", "第 {n} 轮须填写名称、开始和结束时间。")
SAME = Text(
    "A round begins here at that time already: {name}. Change it, or choose another time.",
    "此时已有一轮开始：{name}。请修改该轮或另选时间。",
)
PAST = Text("Round {n} would be over already. Choose a later day.", "第 {n} 轮的结束时间已过，请改为以后的日期。")
PLANNED = Text("Planned: {n} rounds", "已排定 {n} 轮")


def choose(request: Request, area: str) -> HttpResponse:
    """Which scheme, and from when on."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    offered = [(name, Text(**each["label"])) for name, each in schemes(pack).items()]
    tomorrow = clock.now().astimezone(pack.timezone).date() + timedelta(days=1)
    fields = [FormField("scheme", SCHEME, "choice", True, offered), FormField("day", FIRST, "date", True)]
    form = Form(fields, request.POST if request.method == "POST" else None, {"scheme": offered[0][0], "day": tomorrow})
    if form.valid():
        return redirect("roundplans.rounds", area, form.values["scheme"], form.values["day"].isoformat())
    context = {"form": form, "submit": Text("Show the rounds", "查看轮次"), "cancel": links.to("rounds.coverage", area=area)}
    crumbs = links.above(request.account, row, "roundplans.choose")
    heading = Text("Plan rounds by a scheme: {area}", "{area} 按方案排定轮次", area=row.name)
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def rounds(request: Request, area: str, scheme: str, day: str) -> HttpResponse:
    """The rounds that the scheme makes of it; what is ticked is planned."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    chosen = schemes(pack).get(scheme)
    try:
        first_day = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if chosen is None or not clock.can_be_meant(first_day):
        raise Http404
    label, found = Text(**chosen["label"]), proposed(chosen, first_day, pack)
    form = Form(_fields(found), request.POST if request.method == "POST" else None, _initial(found, label, pack))
    if form.valid() and (made := _planned(form, found, area)):
        tell(request, PLANNED.format(n=len(made)))
        return redirect("campaigning.list")
    notices = [Notice(Text(**chosen["note"]), "watch")] if "note" in chosen else []
    back = reverse("roundplans.choose", args=[area])
    context = {"form": form, "notices": notices, "submit": Text("Plan these rounds", "排定以上轮次"), "cancel": back}
    heading = Text("{scheme}: {area}", "{area} {scheme}", scheme=label, area=row.name)
    crumbs: list[tuple[Text | str, str]] = [*links.above(request.account, row, "roundplans.choose"), (TITLE, back)]
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _fields(found: list[Round]) -> list[FormField]:
    asked = [FormField("under_age", UNDER, "integer", unit=Text("years", "周岁"), minimum=1, maximum=18, help=UNDER_HELP)]
    for each in found:
        n = each.number
        asked += [
            FormField(f"keep_{n}", KEEP.format(n=n), "boolean"), FormField(f"name_{n}", NAME.format(n=n), maximum=100),
            FormField(f"from_{n}", FROM.format(n=n), "datetime"), FormField(f"to_{n}", TO.format(n=n), "datetime"),
        ]  # fmt: skip
    return asked


def _initial(found: list[Round], label: Text, pack: Policy) -> dict[str, Any]:
    said: dict[str, Any] = {"under_age": pack.get("rounds.excuse_under_age")}
    for each in found:
        n = each.number
        named = Text("{scheme}, round {n}", "{scheme} 第 {n} 轮", scheme=label, n=n)
        said |= {f"keep_{n}": not each.spare, f"name_{n}": str(named), f"from_{n}": each.starts_at, f"to_{n}": each.ends_at}
    return said


def _planned(form: Form, found: list[Round], area: str) -> list[Campaign]:
    """The campaigns of the rounds that are ticked, all or none; the form then says why."""
    values, made = form.values, []
    kept = [each.number for each in found if values.get(f"keep_{each.number}")]
    if not kept:
        form.refuse("", NONE_KEPT)
        return []
    excused = {"under_age": values["under_age"]} if values.get("under_age") else {}
    try:
        with writing():
            for n in kept:
                _may_be(values, n, area)
                raw = {"code": fresh_code(KIND), "kind": KIND, "area": area, "targets": "persons", "excused": excused}
                made.append(plan({**raw, "name": values[f"name_{n}"], "from": values[f"from_{n}"], "to": values[f"to_{n}"]}))
    except BadPlan as bad:
        form.refuse(bad.field if bad.field in values else f"{bad.field}_{n}", bad.text)
        return []
    return made


def _may_be(values: dict[str, Any], n: int, area: str) -> None:
    """Raises `BadPlan` where a round lacks something, is over, or stands already."""
    for name in ("name", "from", "to"):
        if not values.get(f"{name}_{n}"):
            raise BadPlan(f"{name}_{n}", WHOLE.format(n=n))
    if values[f"to_{n}"] <= clock.now():
        raise BadPlan(f"to_{n}", PAST.format(n=n))
    same = Campaign.objects.current().filter(kind=KIND, area=area, starts_at=values[f"from_{n}"]).first()
    if same:
        raise BadPlan(f"from_{n}", SAME.format(name=str(same)))
