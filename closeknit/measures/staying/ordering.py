"""The order: by which rule, on which records, until when, told how; and the notice that the person is given."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import names
from closeknit.console.records.questions import codes
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.isolation.kinds import (
    BY_ORDER,
    IsolationMeasure,
    Stay,
    Told,
    contact_of,
    last_day,
    notice,
    pack_rules,
    release_notice,
)
from closeknit.measures.staying.evidence import offered
from closeknit.measures.staying.sight import stay_of
from closeknit.policy.packs import Policy, policy

ORDERED = Text("Ordered. Give the person the notice.", "已登记隔离通知，请将告知单交给本人。")
NO_GROUND = Notice(
    Text(
        "Nothing is recorded of this person on which an order could rest. Record it first: a declared return, a result, a contact.",
        "此人暂无可作依据的记录。请先登记返乡、检测结果或接触情况。",
    ),
    "watch",
)


def _fields(pack: Policy, grounds: list[tuple[str, str]], today: date) -> list[FormField]:
    rules = pack_rules(pack)
    worded = []
    for name, rule in rules.items():
        day = last_day(today, rule)
        until = Text("{rule}, until {day}", "{rule}，至 {day}", rule=rule.label, day=day) if day else rule.label
        worded.append((name, until))
    return [
        FormField("rule", Text("By which rule", "依据规则"), "choice", required=True, choices=worded),
        FormField("measure", Text("Where", "措施"), "choice", choices=codes(IsolationMeasure),
                  help=Text("Left empty: what the rule says.", "不填则按规则。")),
        FormField("evidence", Text("On which records", "依据记录"), "list", required=True, choices=grounds),
        FormField("until", Text("Last day", "截止日期"), "date",
                  help=Text("Left empty: the rule's last day. Another day needs a reason.", "不填则按规则；另定日期须写明原因。")),
        FormField("other_end", Text("Why another last day", "期限不同的原因"), "long_text"),
        FormField("told", Text("How told", "告知方式"), "choice", required=True, choices=codes(Told)),
        FormField("order_no", Text("Order number", "文书编号")),
    ]  # fmt: skip


def order(request: Request, code: str) -> HttpResponse:
    """The form of an order, which is also how one is lengthened: only by a new one."""
    stay, area = stay_of(request.account, code)
    pack, now = policy(area), clock.now()
    today = now.astimezone(pack.timezone).date()
    grounds = offered(stay.person, now)
    trail.read(request.account, request.screen.name, [stay.person], path=request.path)
    initial = {"rule": stay.order.data["rule"] if stay.order else "", "evidence": stay.order.data["evidence"] if stay.order else []}
    form = Form(_fields(pack, grounds, today) if grounds else [], request.POST or None, initial)
    if grounds and form.valid():
        data = _data(form.values, pack, today, form)
        if form.valid():
            entry = Entry(carried_id(request.POST), "isolation.ordered", area, data, {"person": stay.person})
            try:
                answer = save(request.account, entry)
            except Invalid as invalid:
                name = invalid.field.removeprefix("data.")
                form.refuse(name if name in {field.name for field in form.fields} else "", invalid.text)
            else:
                told(request, answer.id, ORDERED, reverse("isolation.person", args=[stay.person]))
                return redirect("isolation.notice", code=stay.person)
    called = names.persons([stay.person], full=names.in_full(request.account, "isolation.record")).get(stay.person)
    person = reverse("isolation.person", args=[stay.person])
    context = {"form": form, "cancel": person, "event": carried_id(request.POST), "notice": None if grounds else NO_GROUND}
    heading = Text("Order to isolate: {name}", "隔离通知：{name}", name=called.name if called else stay.person)
    return show(request, "staying/say.html", context, heading=heading, crumbs=[(Text("Stay", "隔离情况"), person)],
                status=422 if form.errors else 200)  # fmt: skip


def _data(values: dict[str, Any], pack: Policy, today: date, form: Form) -> dict[str, Any]:
    """The answers as the wire takes them; what the rule says stands where nothing was chosen."""
    rule = pack_rules(pack)[values["rule"]]
    until = values["until"] or last_day(today, rule)
    measure = values["measure"] or rule.measure
    if until is None:
        form.refuse("until", Text("No order without an end: give the last day.", "隔离必须有截止日期，请填写最后一天。"))
    if not measure:
        form.refuse("measure", Text("Say where: this rule leaves it open.", "该规则未定措施，请选择。"))
    if rule.name == BY_ORDER and not values["order_no"]:
        form.refuse("order_no", Text("A written order has a number.", "书面决定须填文书编号。"))
    data = {**values, "measure": measure, "until": until.isoformat() if until else ""}
    return {name: value for name, value in data.items() if value}


def notices(request: Request, code: str) -> HttpResponse:
    """What the person is given: the order's lines, or the release's; to print, and as text to copy without a name."""
    stay, area = stay_of(request.account, code)
    lines = lines_of(stay, policy(area))
    if lines is None:
        raise Http404
    trail.read(request.account, request.screen.name, [stay.person], path=request.path)
    called = names.persons([stay.person], full=names.in_full(request.account, "isolation.record")).get(stay.person)
    title = Text("Release notice", "解除隔离告知单") if stay.order is None else Text("Notice", "隔离告知单")
    context = {"lines": lines, "name": called.name if called else stay.person, "title": title, "text": "\n".join(map(str, lines))}
    crumbs = [(Text("Stay", "隔离情况"), reverse("isolation.person", args=[stay.person]))]
    return show(request, "console/handed/notice.html", context, heading=title, crumbs=crumbs)


def lines_of(stay: Stay, pack: Policy) -> list[Text] | None:
    """The notice of the order that stands, else of the release; None where there is neither."""
    village = Area.objects.names([stay.home]).get(stay.home, stay.home)
    contact = contact_of(stay.home, village)
    if stay.order is not None:
        return notice(stay.order.data, stay.order.at, pack, contact)
    return release_notice(stay.released.data, stay.released.at, pack, contact) if stay.released else None
