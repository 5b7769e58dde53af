"""A person's page, the numbers shown one by one with a purpose, and who has read it."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.limits import spend
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice
from closeknit.console.records import links
from closeknit.console.records.names import code_words
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.entries.dues import dues
from closeknit.measures.entries.household import DOUBTS, SEXES, category, tags
from closeknit.measures.entries.trails import crumbs, shown
from closeknit.policy.packs import policy
from closeknit.registry.known import canonical
from closeknit.registry.models import Found, Person, RosterRow
from closeknit.registry.reading import telling
from closeknit.registry.reading.names import age, area_of_household, masked_id, masked_phone, once_merged, other_names, told_of
from closeknit.registry.reading.purposes import PURPOSES
from closeknit.registry.roster.verdict import REASONS, STATUSES

REVEALS_AN_HOUR = 60
PURPOSE = FormField("purpose", Text("What for", "查看用途"), "choice", required=True, choices=PURPOSES)
MORE = FormField("more", Text("In words", "补充说明"), maximum=100)
TOO_MANY = Text(
    "You have looked at {n} persons' numbers within an hour. Go on after {time}.", "一小时内已查看 {n} 人次，请于 {time} 后继续。"
)


def person(request: Request, code: str) -> HttpResponse:
    end = canonical("person", [code]).get(code, code)
    if end != code:
        return redirect("register.person", code=end)
    trail.read(request.account, request.screen.name, [code], path=request.path)
    return page(request, code)


@require_POST
def reveal(request: Request, code: str) -> HttpResponse:
    """The page with ID and telephone in full, once; the purpose goes into the trail before they leave."""
    form = Form((PURPOSE, MORE), request.POST)
    if form.valid() and form.values["purpose"] == "other" and not form.values["more"]:
        form.refuse("more", Text("Say in a few words what for.", "请简要说明用途。"))
    if form.valid() and (again := spend("reveal", request.account.username, limit=REVEALS_AN_HOUR, minutes=60)):
        form.refuse("", TOO_MANY.format(n=REVEALS_AN_HOUR, time=f"{again.astimezone():%H:%M}"))
    if not form.valid():
        trail.read(request.account, request.screen.name, [code], path=request.path)
        return page(request, code, form=form)
    purpose = " ".join(filter(None, (form.values["purpose"], form.values["more"])))
    trail.read(request.account, request.screen.name, [code], purpose=purpose, path=request.path)
    return page(request, code, whole=True)


def page(request: Request, code: str, *, whole: bool = False, form: Form | None = None) -> HttpResponse:
    """The page; the caller has written the reading."""
    row, found = Person.objects.current().filter(code=code).first(), Found.objects.filter(code=code, what="person").first()
    held = row or found
    if held is None:
        raise Http404
    told: dict[str, Any] = row.told() if row else told_of([found])[code] if found else {}
    area, names = Area.objects.current().get(code=held.area), other_names("person", code)
    lines = telling.history(request.account, policy(area.code), Q(person__in=[*names, *once_merged("person", code)]))
    context = {
        "code": code,
        "facts": _facts(row, told, names, whole=whole, home=held.household),
        "dues": dues(request.account, area, [], {code: ""}),
        "visits": shown(lines, register=False),
        "changes": shown(lines, register=True),
        "rows": _rows(names, held.household) if row else [],
        "whole": whole,
        "has_numbers": bool(told.get("id_no") or told.get("phone")),
        "form": form or Form((PURPOSE, MORE)),
        "form_action": reverse("register.reveal", kwargs={"code": code}),
        "doubt": DOUBT if row and row.doubt else None,
    }
    beyond = [(held.household, links.to("register.household", code=held.household))] if _reaches(held.household) else []
    heading = told.get("name") or code
    status = 422 if form and form.errors else 200
    actions = _actions(request, code, found)
    above = crumbs(request.account, area.code, *beyond)
    return show(request, "entries/person.html", context, heading=heading, crumbs=above, actions=actions, status=status)


DOUBT = Notice(
    Text(
        "The ID is in doubt. The person is due like everybody; compare it with the card at the next visit.",
        "证件号存疑，不影响应访应检；请下次走访时对照证件核实。",
    ),
    "watch",
)


def _reaches(household: str) -> bool:
    return bool(household) and area_of_household(household) is not None


def _facts(row: Person | None, told: dict[str, Any], names: list[str], *, whole: bool, home: str) -> Facts:
    id_no, phone = str(told.get("id_no", "")), str(told.get("phone", ""))
    born = f"{row.birth_date} ({age(row.birth_date)})" if row and row.birth_date else told.get("birth_date", "")
    pairs: list[tuple[Text | str, object]] = [
        (Text("Code", "编号"), code_words(names[0])),
        (Text("Sex", "性别"), SEXES.get(row.sex, "") if row else told.get("sex", "")),
        (Text("Born", "出生日期"), born),
        (Text("ID number", "证件号码"), id_no if whole else masked_id(id_no)),
        (Text("Telephone", "联系电话"), phone if whole else masked_phone(phone)),
        (Text("Household", "户编号"), code_words(home)),
        (Text("Relation", "与户主关系"), told.get("relation", "")),
        (Text("Category", "人员类别"), category(row.category if row else str(told.get("category", "")))),
        (Text("Landmark", "位置说明"), told.get("landmark", "")),
        (Text("Marks", "标签"), "、".join(map(str, tags(row))) if row else ""),
        (Text("Note", "备注"), told.get("note", "")),
        (Text("Also known as", "曾用编号"), "、".join(dict.fromkeys(str(code_words(name)) for name in names[1:]))),
    ]
    if row and row.doubt:
        pairs.append((Text("Doubt", "存疑"), DOUBTS.get(row.doubt, row.doubt)))
    return Facts([(label, value) for label, value in pairs if value not in ("", None)])


def _rows(names: list[str], home: str) -> list[dict[str, Any]]:
    """The rows of rosters from which the person comes, every version."""
    rows = RosterRow.objects.filter(person__in=names).defer("raw").order_by("-learned_at", "file", "row")[:40]
    return [
        {
            "where": " · ".join(filter(None, (row.file, row.sheet, str(row.row)))),
            "status": STATUSES[row.status],  # type: ignore[index]  # the model's states are the verdict's
            "reason": REASONS.get(row.reason, ""),  # type: ignore[call-overload]
            "household": row.household if row.status == "merged" and row.household != home else "",
            "since": row.learned_at,
            "until": row.retired_at,
            "mended": row.event,
        }
        for row in rows
    ]


def _actions(request: Request, code: str, found: Found | None) -> list[Action]:
    actions = []
    if can(request.account, "registry.record"):
        name = "register.found_one" if found else "register.amend_person"
        label = Text("Who is this in the roster?", "与名册比对") if found else Text("Put right", "更正")
        actions.append(Action(label, reverse(name, kwargs={"code": code}), "pencil"))
    if can(request.account, "registry.manage"):
        actions.append(Action(Text("Who has read this", "查阅记录"), links.to("register.trail", code=code), "eye"))
    return actions
